package dev.daypass.sidecar;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A mapping of the configuration. Each key is read once; [#end()] refuses those that nobody read.
final class Section {
  private final String where;
  private final Map<?, ?> content;
  private final Set<String> read = new HashSet<>();

  private Section(String where, Map<?, ?> content) {
    this.where = where;
    this.content = content;
  }

  static Section of(String where, Object value) {
    if (!(value instanceof Map<?, ?> content)) {
      throw new InvalidConfig(where + " must be a mapping");
    }
    return new Section(where, content);
  }

  Optional<Object> find(String key) {
    read.add(key);
    return Optional.ofNullable(content.get(key));
  }

  Optional<String> text(String key) {
    return find(key).map(value -> scalar(where + "." + key, value));
  }

  String required(String key) {
    return text(key).orElseThrow(() -> new InvalidConfig(where + " has no " + key));
  }

  boolean flag(String key) {
    return find(key)
        .map(
            value -> {
              if (value instanceof Boolean flag) {
                return flag;
              }
              throw new InvalidConfig("%s.%s must be true or false".formatted(where, key));
            })
        .orElse(false);
  }

  /// The members of a list; none where it is not there.
  List<?> list(String key) {
    return find(key)
        .map(
            value -> {
              if (value instanceof List<?> list) {
                return list;
              }
              throw new InvalidConfig("%s.%s must be a list".formatted(where, key));
            })
        .orElse(List.of());
  }

  Optional<Section> section(String key) {
    return find(key).map(value -> of(where + "." + key, value));
  }

  /// All keys with their values.
  Map<String, String> texts() {
    Map<String, String> all = new TreeMap<>();
    content.forEach((key, value) -> all.put(key.toString(), scalar(where + "." + key, value)));
    return all;
  }

  void end() {
    content.keySet().stream()
        .map(Object::toString)
        .filter(key -> !read.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new InvalidConfig("%s has `%s`, which is not known".formatted(where, key));
            });
  }

  static String scalar(String where, Object value) {
    if (value instanceof Map || value instanceof List) {
      throw new InvalidConfig(where + " must be a text");
    }
    return value.toString();
  }
}
