package dev.daypass.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.Shapes;
import dev.daypass.wire.rolesanywhere.CreateSession;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our records of the services whose SDK is not at hand against AWS's service models: names, kinds,
/// nesting, and where on the wire they stand.
class ModelContractTest {
  private static final Map<String, JsonNode> MODELS =
      Map.of("organizations", model("organizations"), "rolesanywhere", model("rolesanywhere"));

  /// AWS has it in no model: its own helper brings it along.
  private static final Set<Class<?>> UNMODELLED = Set.of(CreateSession.class);

  static Stream<Class<?>> requests() throws Exception {
    List<Class<?>> found =
        Requests.all()
            .filter(type -> MODELS.containsKey(Requests.service(type)))
            .filter(type -> !UNMODELLED.contains(type))
            .toList();
    assertThat(found).hasSizeGreaterThan(60);
    return found.stream();
  }

  private static JsonNode of(Class<?> request) {
    return MODELS.get(Requests.service(request));
  }

  private static Naming naming(Class<?> request) {
    return Service.valueOf(Requests.service(request).toUpperCase(Locale.ROOT)).protocol()
            == Service.Protocol.REST_JSON
        ? Naming.LOWER_CAMEL
        : Naming.UPPER_CAMEL;
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_has_the_members_of_the_model_and_requires_what_it_requires(Class<?> request) {
    JsonNode operation = of(request).get("operations").get(request.getSimpleName());
    assertThat(operation).as("%s", request).isNotNull();

    JsonNode input = operation.get("input");

    if (input == null) {
      assertThat(request.getRecordComponents()).isEmpty();
      return;
    }
    TreeSet<String> names = new TreeSet<>();
    of(request)
        .get("shapes")
        .get(input.asText())
        .get("members")
        .fieldNames()
        .forEachRemaining(names::add);
    assertThat(wireNames(request)).isEqualTo(names);
    new Comparison(of(request), naming(request), true).structure(request, input.asText());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_result_has_only_members_of_the_model_nested_as_there(Class<?> request) {
    JsonNode output = of(request).get("operations").get(request.getSimpleName()).get("output");
    Class<?> result = Requests.resultOf(request);

    if (result == Nothing.class) {
      assertThat(
              output == null || of(request).at("/shapes/" + output.asText() + "/members").isEmpty())
          .isTrue();
    } else {
      assertThat(output).isNotNull();
      new Comparison(of(request), naming(request), false).structure(result, output.asText());
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_is_sent_where_the_model_says(Class<?> request) {
    JsonNode http = of(request).get("operations").get(request.getSimpleName()).get("http");
    Http ours = request.getAnnotation(Http.class);

    assertThat(ours == null).isEqualTo(http == null);
    if (ours == null) {
      return;
    }
    assertThat(ours.method()).isEqualTo(http.get("method").asText());
    assertThat(ours.path()).isEqualTo(http.get("path").asText());
    assertThat(ours.status()).isEqualTo(http.get("status").asInt());
    String input = of(request).at("/operations/" + request.getSimpleName() + "/input").asText();
    for (RecordComponent component : request.getRecordComponents()) {
      String name = Naming.LOWER_CAMEL.of(component);
      boolean label = ours.path().contains("{" + name + "}");
      boolean inQuery = component.isAnnotationPresent(InQuery.class);
      String place = of(request).at("/shapes/" + input + "/locations/" + name).asText();
      assertThat(label ? "uri" : inQuery ? "querystring" : "").as(name).isEqualTo(place);
    }
  }

  /// @param request whether what is required counts
  private record Comparison(JsonNode model, Naming naming, boolean request) {
    void structure(Class<?> ours, String theirs) {
      JsonNode shape = model.get("shapes").get(theirs);
      List<String> required = new ArrayList<>();
      shape.get("required").forEach(name -> required.add(name.asText()));
      for (RecordComponent component : ours.getRecordComponents()) {
        String name = naming.of(component);
        assertThat(shape.get("members").has(name)).as("%s.%s", ours, name).isTrue();
        boolean optional = component.getType() == Optional.class;
        boolean list = component.getType() == List.class;
        if (request) {
          assertThat(required.contains(name) && optional).as("%s.%s", ours, name).isFalse();
          assertThat(required.contains(name) || optional || list).as("%s.%s", ours, name).isTrue();
        }
        member(component.getGenericType(), shape.get("members").get(name).asText());
      }
    }

    private void member(Type ours, String theirs) {
      JsonNode shape = model.get("shapes").get(theirs);
      String kind = shape.get("type").asText();
      if (ours instanceof ParameterizedType generic) {
        Type within = generic.getActualTypeArguments()[0];
        if (generic.getRawType() == Optional.class) {
          member(within, theirs);
          return;
        }
        assertThat(kind).isEqualTo("list");
        member(within, shape.get("member").asText());
        return;
      }
      Class<?> type = (Class<?>) ours;
      if (type == DateTime.class) {
        assertThat(shape.path("timestampFormat").asText()).isEqualTo("iso8601");
      } else if (type.isRecord() && !Shapes.isValueType(type)) {
        assertThat(kind).as("%s", type).isEqualTo("structure");
        structure(type, theirs);
      } else {
        assertThat(kind).as("%s", type).isEqualTo(kind(type));
      }
      if (type.isEnum() && shape.has("enum")) {
        List<String> constants = new ArrayList<>();
        shape.get("enum").forEach(constant -> constants.add(constant.asText()));
        assertThat(type.getEnumConstants()).extracting(Object::toString).isSubsetOf(constants);
      }
    }
  }

  private static String kind(Class<?> type) {
    if (Shapes.isValueType(type)) {
      return kind(type.getRecordComponents()[0].getType());
    }
    if (type == Instant.class) {
      return "timestamp";
    }
    if (type == Blob.class) {
      return "blob";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    return type == int.class || type == Integer.class ? "integer" : "string";
  }

  private static TreeSet<String> wireNames(Class<?> type) {
    TreeSet<String> names = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      names.add(naming(type).of(component));
    }
    return names;
  }

  private static JsonNode model(String service) {
    try {
      return new ObjectMapper()
          .readTree(
              ModelContractTest.class.getResourceAsStream(
                  "/aws-models-%s.json".formatted(service)));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
