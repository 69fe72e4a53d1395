package dev.daypass.desired;

import dev.daypass.policy.Json;
import dev.daypass.policy.MalformedPolicy;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Trees as JSON text of ASCII alone, without white space.
public final class JsonText {
  private JsonText() {}

  /// In the order of the tree.
  public static String of(Json tree) {
    StringBuilder text = new StringBuilder();
    write(tree, text, false);
    return text.toString();
  }

  /// Whether two texts of JSON say the same, whatever their white space and the order of their
  /// names. What is not JSON says nothing else than itself.
  public static boolean same(String one, String other) {
    return one.equals(other) || sorted(one).equals(sorted(other));
  }

  private static String sorted(String document) {
    try {
      StringBuilder text = new StringBuilder();
      write(Json.parse(document, ""), text, true);
      return text.toString();
    } catch (MalformedPolicy _) {
      return document;
    }
  }

  private static void write(Json tree, StringBuilder text, boolean sort) {
    switch (tree) {
      case Json.Null _ -> text.append("null");
      case Json.Scalar(var value, Json.Kind kind, var _) -> {
        if (kind == Json.Kind.STRING) {
          string(value, text);
        } else {
          text.append(value);
        }
      }
      case Json.Items(var items, var _) -> {
        String before = "[";
        for (Json item : items) {
          text.append(before);
          write(item, text, sort);
          before = ",";
        }
        text.append(items.isEmpty() ? "[]" : "]");
      }
      case Json.Members(var members, var _) -> {
        String before = "{";
        for (var member : (sort ? new TreeMap<>(members) : members).entrySet()) {
          text.append(before);
          member(member, text, sort);
          before = ",";
        }
        text.append(members.isEmpty() ? "{}" : "}");
      }
    }
  }

  private static void member(Map.Entry<String, Json> member, StringBuilder text, boolean sort) {
    string(member.getKey(), text);
    text.append(':');
    write(member.getValue(), text, sort);
  }

  private static void string(String value, StringBuilder text) {
    text.append('"');
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    text.append('"');
  }
}
