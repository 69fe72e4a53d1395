package dev.daypass.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.Shapes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
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

  /// Those of the services whose SDK is at hand; [ModelContractTest] has the others.
  static Stream<Class<?>> requests() throws Exception {
    List<Class<?>> found =
        Requests.all()
            .filter(type -> List.of("iam", "sts").contains(Requests.service(type)))
            .toList();
    assertThat(found).hasSizeGreaterThan(100);
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_has_the_members_the_sdk_sends(Class<?> request) throws Exception {
    TreeSet<String> sent = sdkNames(request, "Request");
    sent.removeAll(NOT_YET_KNOWN);

    assertThat(wireNames(request)).isEqualTo(sent);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void what_aws_requires_is_required(Class<?> request) throws Exception {
    JsonNode model = model(request);

    for (RecordComponent component : request.getRecordComponents()) {
      String name = Naming.UPPER_CAMEL.of(component);
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
    Class<?> result = Requests.resultOf(request);

    if (result != Nothing.class) {
      compare(result, sdkShape(request, "Response"));
    }
  }

  private static void compare(Class<?> ours, SdkPojo theirs) {
    Map<String, SdkField<?>> fields =
        theirs.sdkFields().stream().collect(Collectors.toMap(SdkField::locationName, f -> f));
    for (RecordComponent component : ours.getRecordComponents()) {
      String name = Naming.UPPER_CAMEL.of(component);
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

  private static TreeSet<String> wireNames(Class<?> type) {
    TreeSet<String> names = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      names.add(Naming.UPPER_CAMEL.of(component));
    }
    return names;
  }

  private static TreeSet<String> sdkNames(Class<?> request, String suffix) throws Exception {
    TreeSet<String> names = new TreeSet<>();
    sdkShape(request, suffix).sdkFields().forEach(field -> names.add(field.locationName()));
    return names;
  }

  private static SdkPojo sdkShape(Class<?> request, String suffix) throws Exception {
    Object builder = sdk(request, suffix).getMethod("builder").invoke(null);
    return (SdkPojo) software.amazon.awssdk.utils.builder.SdkBuilder.class.cast(builder).build();
  }

  private static Class<?> sdk(Class<?> request, String suffix) throws ClassNotFoundException {
    String name =
        request
            .getSimpleName()
            .replace("MFA", "Mfa")
            .replace("SAML", "Saml")
            .replace("SSH", "Ssh")
            .replaceAll("(Open|Client)ID", "$1Id");
    return Class.forName(
        "software.amazon.awssdk.services.%s.model.%s%s"
            .formatted(Requests.service(request), name, suffix));
  }

  private static Stream<String> elements(JsonNode array) {
    return java.util.stream.StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
  }

  private static JsonNode model(Class<?> request) throws Exception {
    return new ObjectMapper()
        .readTree(SdkContractTest.class.getResourceAsStream("/aws-models.json"))
        .get(request.getSimpleName());
  }
}
