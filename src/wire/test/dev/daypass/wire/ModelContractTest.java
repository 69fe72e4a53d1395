package dev.daypass.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.Shapes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our records of AWS Organizations against AWS's service model, names, kinds and nesting.
class ModelContractTest {
  private static final JsonNode MODEL = model();

  static Stream<Class<?>> requests() throws Exception {
    List<Class<?>> found =
        Requests.all().filter(type -> Requests.service(type).equals("organizations")).toList();
    assertThat(found).hasSizeGreaterThan(30);
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_has_the_members_of_the_model_and_requires_what_it_requires(Class<?> request) {
    JsonNode operation = MODEL.get("operations").get(request.getSimpleName());
    assertThat(operation).as("%s", request).isNotNull();

    JsonNode input = operation.get("input");

    if (input == null) {
      assertThat(request.getRecordComponents()).isEmpty();
      return;
    }
    TreeSet<String> names = new TreeSet<>();
    MODEL
        .get("shapes")
        .get(input.asText())
        .get("members")
        .fieldNames()
        .forEachRemaining(names::add);
    assertThat(wireNames(request)).isEqualTo(names);
    compare(request, input.asText(), true);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_result_has_only_members_of_the_model_nested_as_there(Class<?> request) {
    JsonNode output = MODEL.get("operations").get(request.getSimpleName()).get("output");
    Class<?> result = Requests.resultOf(request);

    assertThat(result == Nothing.class).isEqualTo(output == null);
    if (output != null) {
      compare(result, output.asText(), false);
    }
  }

  private static void compare(Class<?> ours, String theirs, boolean request) {
    JsonNode shape = MODEL.get("shapes").get(theirs);
    List<String> required = new ArrayList<>();
    shape.get("required").forEach(name -> required.add(name.asText()));
    for (RecordComponent component : ours.getRecordComponents()) {
      String name = Naming.UPPER_CAMEL.of(component);
      assertThat(shape.get("members").has(name)).as("%s.%s", ours, name).isTrue();
      boolean optional = component.getType() == Optional.class;
      boolean list = component.getType() == List.class;
      if (request) {
        assertThat(required.contains(name) && optional).as("%s.%s", ours, name).isFalse();
        assertThat(required.contains(name) || optional || list).as("%s.%s", ours, name).isTrue();
      }
      compare(component.getGenericType(), shape.get("members").get(name).asText(), request);
    }
  }

  private static void compare(Type ours, String theirs, boolean request) {
    JsonNode shape = MODEL.get("shapes").get(theirs);
    String kind = shape.get("type").asText();
    if (ours instanceof ParameterizedType generic) {
      Type within = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        compare(within, theirs, request);
        return;
      }
      assertThat(kind).isEqualTo("list");
      compare(within, shape.get("member").asText(), request);
      return;
    }
    Class<?> type = (Class<?>) ours;
    if (type.isRecord() && !Shapes.isValueType(type)) {
      assertThat(kind).as("%s", type).isEqualTo("structure");
      compare(type, theirs, request);
    } else {
      assertThat(kind).as("%s", type).isEqualTo(kind(type));
    }
  }

  private static String kind(Class<?> type) {
    if (Shapes.isValueType(type)) {
      return kind(type.getRecordComponents()[0].getType());
    }
    if (type == Instant.class) {
      return "timestamp";
    }
    if (type == boolean.class) {
      return "boolean";
    }
    return type == int.class || type == Integer.class ? "integer" : "string";
  }

  private static TreeSet<String> wireNames(Class<?> type) {
    TreeSet<String> names = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      names.add(Naming.UPPER_CAMEL.of(component));
    }
    return names;
  }

  private static JsonNode model() {
    try {
      return new ObjectMapper()
          .readTree(ModelContractTest.class.getResourceAsStream("/aws-models-organizations.json"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
