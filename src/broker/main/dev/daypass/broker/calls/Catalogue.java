package dev.daypass.broker.calls;

import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Request;
import dev.daypass.wire.Service;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every action the broker answers: the only list there is. What is here twice stops the start.
@Singleton
final class Catalogue {
  private final Map<String, Action<?, ?>> actions;

  Catalogue(@All List<CatalogueSection> sections) {
    actions =
        sections.stream()
            .map(CatalogueSection::actions)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(Action::name, Function.identity()));
  }

  Collection<Action<?, ?>> all() {
    return actions.values();
  }

  /// The action of this name and version; `InvalidAction` where there is none.
  Action<?, ?> get(String name, String version) {
    Action<?, ?> action = actions.get(name);
    if (action == null || !action.service().version().equals(version)) {
      throw ErrorCode.INVALID_ACTION.error(
          "Could not find operation %s for version %s".formatted(name, version));
    }
    return action;
  }

  /// The action that a request is for.
  Action<?, ?> of(Request<?> request) {
    Action<?, ?> action = actions.get(request.getClass().getSimpleName());
    if (action == null || action.type() != request.getClass()) {
      throw new IllegalStateException("nothing answers " + request.getClass());
    }
    return action;
  }

  /// Whose words to answer in when no action is found.
  static Service serviceOf(String version) {
    return Service.STS.version().equals(version) ? Service.STS : Service.IAM;
  }
}
