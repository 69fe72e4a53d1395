package dev.daypass.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Variables that look like settings and are none. A setting that is misspelt would count for
/// nothing without a word, and what it was to guard against would be open. (Properties that are no
/// settings are refused by SmallRye Config.)
final class UnknownSettings {
  /// Every variable there is, a line each; `*` is a name that operators choose. Drawn from the
  /// configuration's interfaces, as docs/settings.md is.
  static final String LIST = "settings.txt";

  private static final Pattern OURS = Pattern.compile("DAYPASS_[A-Z0-9_]*");

  /// What the `daypass` command hears, and shells may have exported.
  private static final Set<String> OF_THE_COMMAND =
      Set.of(
          "DAYPASS_CREDENTIAL_HELPER",
          "DAYPASS_HOME",
          "DAYPASS_PASSPHRASE",
          "DAYPASS_SERVER",
          "DAYPASS_STORAGE");

  private UnknownSettings() {}

  /// Those among these names, sorted.
  static List<String> among(Collection<String> variables) {
    List<Pattern> known = known();
    return variables.stream()
        .filter(name -> OURS.matcher(name).matches() && !OF_THE_COMMAND.contains(name))
        .filter(name -> known.stream().noneMatch(is -> is.matcher(name).matches()))
        .sorted()
        .toList();
  }

  private static List<Pattern> known() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(UnknownSettings.class.getResourceAsStream(LIST)),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> Pattern.compile(line.replace("*", "[A-Z0-9_]+"))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
