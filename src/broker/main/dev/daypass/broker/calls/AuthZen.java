package dev.daypass.broker.calls;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.daypass.EvaluateAccess;
import dev.daypass.wire.daypass.EvaluateAccess.ActionName;
import dev.daypass.wire.daypass.EvaluateAccess.Answer;
import dev.daypass.wire.daypass.EvaluateAccess.Question;
import dev.daypass.wire.daypass.EvaluateAccess.Resource;
import dev.daypass.wire.daypass.PrincipalReference;
import dev.daypass.wire.iam.ContextKeyType;
import dev.daypass.wire.iam.SimulationMessages.ContextEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The messages of the AuthZEN Authorization API 1.0. A subject is named by the ARN of a user or a
/// role, a resource by its ARN, an action as policies name it; members of `context` and of
/// `properties` with a colon are condition keys.
///
/// @see <a href="https://openid.net/specs/authorization-api-1_0.html">Authorization API 1.0</a>
final class AuthZen {
  private static final int MOST = 100;
  private static final int DEEPEST = 16;
  private static final String PERMIT_FIRST = "permit_on_first_permit";
  private static final String DENY_FIRST = "deny_on_first_deny";
  private static final String ALL = "execute_all";
  private static final List<String> SUBJECTS = List.of("user", "role", "principal");

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// What was asked: one question, or several with how they are to be gone through.
  ///
  /// @param semantic absent for the one question of a request without `evaluations`
  record Asked(EvaluateAccess request, Optional<String> semantic) {}

  private AuthZen() {}

  /// The body of an evaluation. `InvalidInput` where it is none.
  static Asked evaluation(byte[] body) {
    return one(read(body));
  }

  private static Asked one(JsonNode root) {
    JsonNode none = JsonNodeFactory.instance.missingNode();
    return new Asked(new EvaluateAccess(List.of(question(root, none))), Optional.empty());
  }

  /// The body of evaluations; without any it is that of an evaluation.
  static Asked evaluations(byte[] body) {
    JsonNode root = read(body);
    JsonNode evaluations = root.path("evaluations");
    if (evaluations.isMissingNode() || evaluations.isArray() && evaluations.isEmpty()) {
      return one(root);
    }
    if (!evaluations.isArray() || evaluations.size() > MOST) {
      throw INVALID_INPUT.error("evaluations must be an array of at most %d".formatted(MOST));
    }
    String semantic = root.path("options").path("evaluations_semantic").asText(ALL);
    if (!Set.of(ALL, DENY_FIRST, PERMIT_FIRST).contains(semantic)) {
      throw INVALID_INPUT.error("options.evaluations_semantic is unknown");
    }
    List<Question> questions = new ArrayList<>();
    evaluations.forEach(evaluation -> questions.add(question(evaluation, root)));
    return new Asked(new EvaluateAccess(questions), Optional.of(semantic));
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (root != null && root.isObject()) {
        return root;
      }
    } catch (JsonProcessingException e) {
      throw INVALID_INPUT.error("The body is no JSON object.");
    } catch (IOException e) {
      throw new AssertionError("reading from memory cannot fail", e);
    }
    throw INVALID_INPUT.error("The body is no JSON object.");
  }

  /// @param defaults what is said for all evaluations; each member is taken whole, or not at all
  private static Question question(JsonNode evaluation, JsonNode defaults) {
    JsonNode subject = member(evaluation, defaults, "subject");
    if (!SUBJECTS.contains(text(subject, "type", "subject.type"))) {
      throw INVALID_INPUT.error("subject.type must be one of " + String.join(", ", SUBJECTS));
    }
    JsonNode action = member(evaluation, defaults, "action");
    JsonNode resource = member(evaluation, defaults, "resource");
    text(resource, "type", "resource.type");
    JsonNode context =
        evaluation.has("context") ? evaluation.get("context") : defaults.path("context");
    return new Question(
        value(text(subject, "id", "subject.id"), "subject.id", PrincipalReference::new),
        value(text(action, "name", "action.name"), "action.name", ActionName::new),
        value(text(resource, "id", "resource.id"), "resource.id", Resource::new),
        context(
            Stream.of(
                context,
                subject.path("properties"),
                action.path("properties"),
                resource.path("properties"))));
  }

  private static JsonNode member(JsonNode evaluation, JsonNode defaults, String name) {
    JsonNode found = evaluation.has(name) ? evaluation.get(name) : defaults.path(name);
    if (!found.isObject()) {
      throw INVALID_INPUT.error(name + " is missing");
    }
    return found;
  }

  private static String text(JsonNode object, String name, String shown) {
    JsonNode found = object.path(name);
    if (!found.isTextual() || found.asText().isEmpty()) {
      throw INVALID_INPUT.error(shown + " is missing");
    }
    return found.asText();
  }

  private static <T> T value(String text, String name, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (ConstraintViolation violation) {
      throw INVALID_INPUT.error(name + ": " + violation.constraint());
    }
  }

  /// What is said of the request, wherever it is said. A key that is said twice means two things.
  private static List<ContextEntry> context(Stream<JsonNode> objects) {
    Map<String, ContextEntry> entries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    objects
        .filter(object -> !object.isMissingNode() && !object.isNull())
        .flatMap(AuthZen::keys)
        .forEach(
            member -> {
              if (entries.put(member.getKey(), entry(member.getKey(), member.getValue())) != null) {
                throw INVALID_INPUT.error(member.getKey() + " is given more than once");
              }
            });
    if (entries.size() > MOST) {
      throw INVALID_INPUT.error("there can be at most %d condition keys".formatted(MOST));
    }
    return List.copyOf(entries.values());
  }

  /// What is no condition key is for somebody else.
  private static Stream<Map.Entry<String, JsonNode>> keys(JsonNode object) {
    if (!object.isObject()) {
      throw INVALID_INPUT.error("context and properties must be objects");
    }
    return object.properties().stream().filter(member -> member.getKey().contains(":"));
  }

  private static ContextEntry entry(String name, JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else {
      values.add(value);
    }
    if (values.size() > MOST || !values.stream().allMatch(is -> is.isValueNode() && !is.isNull())) {
      throw INVALID_INPUT.error("%s must be a value, or a list of values".formatted(name));
    }
    return new ContextEntry(
        Optional.of(name),
        values.stream().map(JsonNode::asText).toList(),
        Optional.of(value.isArray() ? ContextKeyType.STRING_LIST : ContextKeyType.STRING));
  }

  /// The answer as AuthZEN has it. What comes after the evaluation at which the semantic ends is
  /// left out.
  static ObjectNode answer(Asked asked, EvaluateAccess.Result result) {
    if (asked.semantic().isEmpty()) {
      return shown(result.answers().getFirst());
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode evaluations = root.putArray("evaluations");
    for (Answer answer : result.answers()) {
      evaluations.add(shown(answer));
      String semantic = asked.semantic().get();
      if (answer.allowed() ? semantic.equals(PERMIT_FIRST) : semantic.equals(DENY_FIRST)) {
        break;
      }
    }
    return root;
  }

  private static ObjectNode shown(Answer answer) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode().put("decision", answer.allowed());
    if (!answer.allowed()) {
      shown.putObject("context").putObject("reason_admin").put("en", answer.reason());
    }
    return shown;
  }
}
