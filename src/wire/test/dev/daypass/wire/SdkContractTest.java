package dev.daypass.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.wire.query.Shapes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;

/// Our records against the AWS SDK's own classes and AWS's service models.
class SdkContractTest {
  /// Not documented yet; ignored like every unknown parameter.
  private static final List<String> NOT_YET_KNOWN = List.of("SessionTokenVersion");

  /// Whatever request the module has: no list to forget one in.
  static Stream<Class<?>> requests() throws Exception {
    Path classes =
        Path.of(Request.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (type.isRecord() && Request.class.isAssignableFrom(type)) {
          found.add(type);
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(100);
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_has_the_members_the_sdk_sends(Class<?> request) throws Exception {
    TreeSet<String> sent = sdkNames(request.getSimpleName() + "Request");
    sent.removeAll(NOT_YET_KNOWN);

    assertThat(wireNames(request)).isEqualTo(sent);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void what_aws_requires_is_required(Class<?> request) throws Exception {
    JsonNode model = models().get(request.getSimpleName());

    for (RecordComponent component : request.getRecordComponents()) {
      String name = Shapes.wireName(component);
      boolean required =
          Stream.of(model.get("required"))
              .flatMap(SdkContractTest::elements)
              .anyMatch(name::equals);
      boolean optional = component.getType() == Optional.class;
      boolean list = component.getType() == List.class;

      assertThat(required || optional || list)
          .as("%s.%s is required by us and not by AWS", request.getSimpleName(), name)
          .isTrue();
      assertThat(required && optional)
          .as("%s.%s is required by AWS and not by us", request.getSimpleName(), name)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_result_has_only_members_the_sdk_reads_nested_as_it_reads_them(Class<?> request)
      throws Exception {
    Class<?> result = resultOf(request);

    if (result != Nothing.class) {
      compare(result, sdkShape(request.getSimpleName() + "Response"));
    }
  }

  private static void compare(Class<?> ours, SdkPojo theirs) {
    Map<String, SdkField<?>> fields =
        theirs.sdkFields().stream().collect(Collectors.toMap(SdkField::locationName, f -> f));
    for (RecordComponent component : ours.getRecordComponents()) {
      String name = Shapes.wireName(component);
      assertThat(fields).as("%s", ours).containsKey(name);
      compare(component.getGenericType(), fields.get(name));
    }
  }

  private static void compare(Type ours, SdkField<?> theirs) {
    if (ours instanceof ParameterizedType generic) {
      Type within = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        compare(within, theirs);
      } else if (generic.getRawType() == List.class) {
        assertThat(theirs.marshallingType()).isEqualTo(MarshallingType.LIST);
        compare(within, theirs.getTrait(ListTrait.class).memberFieldInfo());
      }
    } else if (ours instanceof Class<?> type && type.isRecord() && !Shapes.isValueType(type)) {
      assertThat(theirs.marshallingType()).as("%s", type).isEqualTo(MarshallingType.SDK_POJO);
      compare(type, theirs.constructor().get());
    }
  }

  private static Class<?> resultOf(Class<?> request) {
    for (Type implemented : request.getGenericInterfaces()) {
      if (implemented instanceof ParameterizedType generic
          && generic.getRawType() == Request.class) {
        return (Class<?>) generic.getActualTypeArguments()[0];
      }
    }
    throw new AssertionError(request);
  }

  private static TreeSet<String> wireNames(Class<?> type) {
    TreeSet<String> names = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      names.add(Shapes.wireName(component));
    }
    return names;
  }

  private static TreeSet<String> sdkNames(String sdkClass) throws Exception {
    TreeSet<String> names = new TreeSet<>();
    sdkShape(sdkClass).sdkFields().forEach(field -> names.add(field.locationName()));
    return names;
  }

  private static SdkPojo sdkShape(String sdkClass) throws Exception {
    Object builder = sdk(sdkClass).getMethod("builder").invoke(null);
    return (SdkPojo) software.amazon.awssdk.utils.builder.SdkBuilder.class.cast(builder).build();
  }

  private static Class<?> sdk(String name) throws ClassNotFoundException {
    for (String service : List.of("sts", "iam")) {
      try {
        return Class.forName(
            "software.amazon.awssdk.services.%s.model.%s"
                .formatted(
                    service,
                    name.replace("MFA", "Mfa")
                        .replace("SAML", "Saml")
                        .replace("SSH", "Ssh")
                        .replaceAll("(Open|Client)ID", "$1Id")));
      } catch (ClassNotFoundException _) {
        // The other one has it.
      }
    }
    throw new ClassNotFoundException(name);
  }

  private static Stream<String> elements(JsonNode array) {
    return java.util.stream.StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
  }

  private static JsonNode models() throws Exception {
    return new ObjectMapper()
        .readTree(SdkContractTest.class.getResourceAsStream("/aws-models.json"));
  }
}
