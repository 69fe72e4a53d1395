package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Shows the keys that a command was answered with.
final class ShownKeys {
  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  ShownKeys() {}

  void show(Map<String, Object> answer, PrintWriter out) throws IOException {
    if (json) {
      out.println(JSON.std.asString(answer));
      return;
    }
    for (Object key : list(answer, "keys")) {
      Map<?, ?> told = (Map<?, ?>) key;
      out.printf(
          "%-36s  %-13s  %-11s  %s%n",
          told.get("keyId"), told.get("purpose"), told.get("state"), since(told));
    }
    for (Object key : list(answer, "sealingKeys")) {
      Map<?, ?> told = (Map<?, ?>) key;
      boolean primary = Boolean.TRUE.equals(told.get("primary"));
      out.printf(
          "%-36s  %-13s  %-11s  %s secrets%n",
          told.get("keyId"), "Sealing", primary ? "PRIMARY" : "OTHER", told.get("sealed"));
    }
  }

  private static Object since(Map<?, ?> key) {
    for (String name : List.of("retiredAt", "demotedAt", "activatedAt", "createdAt")) {
      Object at = key.get(name);
      if (at != null) {
        return at;
      }
    }
    return "";
  }

  private static List<?> list(Map<String, Object> answer, String name) {
    return (List<?>) answer.getOrDefault(name, List.of());
  }
}
