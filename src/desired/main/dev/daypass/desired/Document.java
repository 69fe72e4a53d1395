package dev.daypass.desired;

import dev.daypass.policy.Json;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  /// Documents that say different things, as the text of one: what stands under the same name is
  /// put together. They have been read, so nothing in them is said twice.
  public static String together(List<Document> documents) {
    Map<String, Json> all = new LinkedHashMap<>();
    for (Document document : documents) {
      if (document.tree() instanceof Json.Members(var members, var _)) {
        members.forEach((name, value) -> all.merge(name, value, Document::joined));
      }
    }
    return JsonText.of(new Json.Members(all, new Position(1, 1)));
  }

  private static Json joined(Json one, Json other) {
    if (one instanceof Json.Members(var members, var at)
        && other instanceof Json.Members(var more, var _)) {
      Map<String, Json> all = new LinkedHashMap<>(members);
      all.putAll(more);
      return new Json.Members(all, at);
    }
    return one instanceof Json.Null ? other : one;
  }
}
