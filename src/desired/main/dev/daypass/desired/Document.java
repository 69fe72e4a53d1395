package dev.daypass.desired;

import dev.daypass.policy.Json;
import dev.daypass.policy.MalformedPolicy;
import java.util.List;
import java.util.Locale;

/// One document of a file, as a tree with positions. JSON and YAML are the same from here on.
///
/// @param file what to call it when something in it is wrong
public record Document(String file, Json tree) {
  /// The documents in a file's text: YAML where the name ends so, else JSON. Fails with
  /// [Malformed].
  public static List<Document> parse(String file, String text) {
    String name = file.toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml")
        ? Yaml.parse(file, text).stream().map(tree -> new Document(file, tree)).toList()
        : List.of(new Document(file, json(file, text)));
  }

  private static Json json(String file, String text) {
    try {
      return Json.parse(text, "this is not JSON, or is nested too deeply");
    } catch (MalformedPolicy malformed) {
      throw new Malformed(file, malformed.position(), malformed.reason());
    }
  }
}
