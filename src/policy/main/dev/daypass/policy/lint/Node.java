package dev.daypass.policy.lint;

import dev.daypass.policy.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value in a document, and the way to it.
record Node(Json json, String path) {
  /// The string it is, if it is one.
  Optional<String> text() {
    return json instanceof Json.Scalar(var text, var kind, _) && kind == Json.Kind.STRING
        ? Optional.of(text)
        : Optional.empty();
  }

  /// The text of the string, number or boolean it is, if it is one.
  Optional<String> scalar() {
    return json instanceof Json.Scalar(var text, _, _) ? Optional.of(text) : Optional.empty();
  }

  boolean isObject() {
    return json instanceof Json.Members;
  }

  boolean isArray() {
    return json instanceof Json.Items;
  }

  /// Its members in order; none where it is no object.
  Map<String, Node> members() {
    Map<String, Node> members = new LinkedHashMap<>();
    if (json instanceof Json.Members(var values, _)) {
      values.forEach(
          (name, value) ->
              members.put(name, new Node(value, path.isEmpty() ? name : path + "." + name)));
    }
    return members;
  }

  /// The values of an array, or the one that stands for it.
  List<Node> entries() {
    if (!(json instanceof Json.Items(var values, _))) {
      return List.of(this);
    }
    List<Node> entries = new ArrayList<>();
    for (Json value : values) {
      entries.add(new Node(value, "%s[%d]".formatted(path, entries.size())));
    }
    return entries;
  }
}
