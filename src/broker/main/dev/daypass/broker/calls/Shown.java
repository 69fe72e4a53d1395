package dev.daypass.broker.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.wire.codec.Shapes;
import dev.daypass.wire.iam.PolicyText;
import java.util.List;
import java.util.Optional;

/// A message as the audit trail shows it: lower camel names as CloudTrail has them, and nothing
/// that is secret, which the types of its components tell.
final class Shown {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Shown() {}

  static ObjectNode of(Record message) {
    ObjectNode shown = JSON.createObjectNode();
    for (Shapes.Component component : Shapes.components(message.getClass())) {
      Object value = component.in(message);
      Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (present != null && !Shapes.isSecret(present.getClass())) {
        shown.set(component.name(), node(present));
      }
    }
    return shown;
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case List<?> list -> {
        ArrayNode items = JSON.createArrayNode();
        list.forEach(item -> items.add(node(item)));
        yield items;
      }
      case PolicyText(var text) -> JSON.getNodeFactory().textNode(text);
      case Record structure when !Shapes.isValueType(structure.getClass()) -> of(structure);
      case Boolean is -> JSON.getNodeFactory().booleanNode(is);
      case Integer number -> JSON.getNodeFactory().numberNode(number);
      default -> JSON.getNodeFactory().textNode(value.toString());
    };
  }
}
