package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Credentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// How a shell, or a file, has variables. The values have no quotation marks, no backslash, no
/// dollar and no line end in them: they are Base64, times and addresses, which [#set] makes sure
/// of.
enum Shell {
  BASH("export %s='%s'"::formatted, "unset %s"::formatted),
  ZSH("export %s='%s'"::formatted, "unset %s"::formatted),
  FISH("set -gx %s '%s'"::formatted, "set -e %s"::formatted),
  PWSH("$Env:%s = '%s'"::formatted, "Remove-Item Env:%s -ErrorAction SilentlyContinue"::formatted),
  CMD("set \"%s=%s\""::formatted, "set \"%s=\""::formatted),
  NU("$env.%s = '%s'"::formatted, "hide-env --ignore-errors %s"::formatted),
  DOTENV("%s=%s"::formatted, _ -> ""),
  JSON_OBJECT((_, _) -> "", _ -> "");

  private final BiFunction<String, String, String> set;
  private final Function<String, String> unset;

  Shell(BiFunction<String, String, String> set, Function<String, String> unset) {
    this.set = set;
    this.unset = unset;
  }

  /// As it is named on the command line.
  static Optional<Shell> of(String name) {
    return switch (name) {
      case "json" -> Optional.of(JSON_OBJECT);
      case "bash", "zsh", "fish", "pwsh", "cmd", "nu", "dotenv" ->
          Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
      default -> Optional.empty();
    };
  }

  /// The one that whoever is here uses.
  static Shell here(Map<String, String> environment, String system) {
    String path = environment.getOrDefault("SHELL", "");
    return of(path.substring(path.lastIndexOf('/') + 1))
        .orElse(system.toLowerCase(Locale.ROOT).startsWith("windows") ? PWSH : BASH);
  }

  /// What sets these, and takes away those that would be used before them.
  ///
  /// @param others names of variables
  String set(Map<String, String> variables, List<String> others) {
    variables.values().forEach(Shell::check);
    if (this == JSON_OBJECT) {
      return json(variables);
    }
    StringBuilder text = new StringBuilder(this == DOTENV ? "" : unset(others));
    variables.forEach((name, value) -> text.append(set.apply(name, value)).append('\n'));
    return text.toString();
  }

  /// What sets a role's credentials and the broker that they are for.
  String set(Credentials credentials, URI server) {
    return set(
        ProgramEnvironment.of(credentials, server, System.getenv()), ProgramEnvironment.OTHERS);
  }

  private static void check(String value) {
    if (!value.matches("[A-Za-z0-9+/=_.:\\[\\]@-]*")) {
      throw new Stop(ExitCode.FAILED, "A value is not fit for a shell: use exec.");
    }
  }

  private static String json(Map<String, String> variables) {
    try {
      return JSON.std.asString(variables) + "\n";
    } catch (IOException e) {
      throw new AssertionError("a map can be written", e);
    }
  }

  /// What takes these away.
  String unset(List<String> names) {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append(unset.apply(name)).append('\n'));
    return text.toString();
  }

  /// Whether variables can be taken away here.
  boolean unsets() {
    return this != DOTENV && this != JSON_OBJECT;
  }
}
