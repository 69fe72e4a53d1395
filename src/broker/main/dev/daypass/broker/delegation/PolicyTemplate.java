package dev.daypass.broker.delegation;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.iam.DelegationMessages.PolicyParameter;
import dev.daypass.wire.iam.PolicyParameterName;
import dev.daypass.wire.iam.PolicyParameterType;
import dev.daypass.wire.iam.PolicyParameterValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A policy with places, `@{name}`, in its strings. Values are put into the strings of the parsed
/// document, so that no value can become a part of the document's own structure.
final class PolicyTemplate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACE = Pattern.compile("@\\{([ -|~]{1,256})}");

  /// What a session can be narrowed by.
  private static final int LONGEST = 2048;

  private final Map<String, List<String>> values;
  private final Set<String> used = new HashSet<>();
  private int written;

  private PolicyTemplate(Map<String, List<String>> values) {
    this.values = values;
  }

  /// The policy with the values in their places. Fails with `InvalidInput` where a place has no
  /// value or a value no place, and where what comes of it is no policy that can narrow a session.
  static String filled(String template, List<PolicyParameter> parameters) {
    PolicyTemplate filling = new PolicyTemplate(values(parameters));
    String policy = filling.within(read(template)).toString();
    for (String name : filling.values.keySet()) {
      if (!filling.used.contains(name)) {
        throw INVALID_INPUT.error("The policy template has no parameter %s.".formatted(name));
      }
    }
    return checked(policy);
  }

  private static JsonNode read(String template) {
    try {
      return JSON.readTree(template);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored policy is no JSON", e);
    }
  }

  private static Map<String, List<String>> values(List<PolicyParameter> parameters) {
    Map<String, List<String>> values = new HashMap<>();
    for (PolicyParameter parameter : parameters) {
      String name =
          parameter
              .name()
              .map(PolicyParameterName::value)
              .orElseThrow(() -> INVALID_INPUT.error("A policy parameter has no name."));
      List<String> given = parameter.values().stream().map(PolicyParameterValue::value).toList();
      boolean one = !parameter.type().equals(Optional.of(PolicyParameterType.STRING_LIST));
      if (given.isEmpty() || (one && given.size() > 1)) {
        throw INVALID_INPUT.error(
            "The policy parameter %s must have %s.".formatted(name, one ? "one value" : "values"));
      }
      if (values.put(name, given) != null) {
        throw INVALID_INPUT.error("The policy parameter %s is given twice.".formatted(name));
      }
    }
    return values;
  }

  private static String checked(String policy) {
    if (policy.length() > LONGEST) {
      throw tooLong();
    }
    try {
      return Policy.parse(PolicyType.SESSION, "delegation request", policy).text();
    } catch (MalformedPolicy malformed) {
      throw INVALID_INPUT.error(malformed.reason());
    }
  }

  private static RuntimeException tooLong() {
    return INVALID_INPUT.error(
        "The requested permissions have more than %d characters.".formatted(LONGEST));
  }

  private JsonNode within(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode filled = JSON.createObjectNode();
        object
            .properties()
            .forEach(member -> filled.set(member.getKey(), within(member.getValue())));
        yield filled;
      }
      case ArrayNode array -> {
        ArrayNode filled = JSON.createArrayNode();
        array.forEach(item -> texts(item).forEach(filled::add));
        yield filled;
      }
      default -> {
        List<JsonNode> texts = texts(node);
        yield texts.size() == 1 ? texts.getFirst() : JSON.createArrayNode().addAll(texts);
      }
    };
  }

  /// What stands in the place of one item: several texts where it is nothing but a place for them.
  private List<JsonNode> texts(JsonNode item) {
    if (!item.isTextual()) {
      return List.of(item.isContainerNode() ? within(item) : item);
    }
    Matcher whole = PLACE.matcher(item.textValue());
    if (whole.matches()) {
      return value(whole.group(1)).stream()
          .<JsonNode>map(text -> JSON.getNodeFactory().textNode(text))
          .toList();
    }
    return List.of(JSON.getNodeFactory().textNode(inText(item.textValue())));
  }

  private String inText(String text) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(single(place.group(1))));
  }

  private String single(String name) {
    List<String> value = value(name);
    if (value.size() > 1) {
      throw INVALID_INPUT.error(
          "The policy parameter %s stands within a text and takes one value.".formatted(name));
    }
    return value.getFirst();
  }

  private List<String> value(String name) {
    List<String> value = values.get(name);
    if (value == null) {
      throw INVALID_INPUT.error("The policy parameter %s has no value.".formatted(name));
    }
    used.add(name);
    written += value.stream().mapToInt(String::length).sum();
    if (written > LONGEST) {
      throw tooLong();
    }
    return value;
  }
}
