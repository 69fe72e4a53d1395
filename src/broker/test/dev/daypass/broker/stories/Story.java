package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/// One action, once, through AWS's SDK: answered or refused.
public record Story(Stories family, Method method, String action, boolean refuses) {

  /// The stories of a family.
  static Stream<Story> of(Stories family) {
    return Stream.of(family.getClass())
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .sorted(Comparator.comparing(Method::getName))
        .flatMap(method -> of(family, method));
  }

  private static Stream<Story> of(Stories family, Method method) {
    return Stream.concat(
        Stream.of(method.getAnnotationsByType(Answers.class))
            .map(is -> new Story(family, method, is.value().formatted(family.about()), false)),
        Stream.of(method.getAnnotationsByType(Refuses.class))
            .map(is -> new Story(family, method, is.value().formatted(family.about()), true)));
  }

  /// Tells it. That it is about its action is no matter of trust: the SDK must have called it.
  public void tell(URI server) throws Exception {
    try (Aws aws = new Aws(server)) {
      method.setAccessible(true);
      method.invoke(family, aws);
      assertThat(refuses ? aws.refused() : aws.answered())
          .as("what the SDK was %s", refuses ? "refused" : "answered")
          .contains(action);
    } catch (InvocationTargetException e) {
      throw new AssertionError(this + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public String toString() {
    return action + ": " + method.getName().replace('_', ' ');
  }
}
