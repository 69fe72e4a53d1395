package dev.daypass.cli;

import dev.daypass.client.store.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a person has chosen once, in a file of lines `key = value`: for every broker first, then
/// for one under its address in brackets. Comments and unknown keys are left as they are.
final class Settings {
  static final String SERVER = "server";
  static final String LOGIN_FLOW = "login_flow";
  static final String STORAGE = "storage";
  static final String CREDENTIAL_HELPER = "credential_helper";

  private static final String FILE = "config";
  private static final Pattern LINE = Pattern.compile("\\s*([a-z_]+)\\s*=\\s*(.*?)\\s*");
  private static final Pattern SECTION = Pattern.compile("\\s*\\[(.*)]\\s*");
  private static final Pattern IGNORED = Pattern.compile("\\s*(?:[#;].*)?");

  private final PrivateFiles files;
  private final Path path;

  Settings(Path folder) {
    this.files = new PrivateFiles(folder);
    this.path = folder.resolve(FILE);
  }

  /// Of every broker.
  Optional<String> get(String key) {
    return value(read(), "", key);
  }

  /// Of this broker.
  Optional<String> get(URI server, String key) {
    return value(read(), server.toString(), key);
  }

  void set(String key, String value) {
    change("", key, value);
  }

  void set(URI server, String key, String value) {
    change(server.toString(), key, value);
  }

  private void change(String section, String key, String value) {
    files.locked(
        () -> {
          List<String> lines = new ArrayList<>(read());
          int at = place(lines, section, key);
          if (at >= 0) {
            lines.set(at, key + " = " + value);
          } else {
            add(lines, section, key + " = " + value);
          }
          files.writeText(FILE, String.join("\n", lines) + "\n");
          return lines;
        });
  }

  private static void add(List<String> lines, String section, String line) {
    int begin = begin(lines, section);
    if (begin < 0) {
      lines.add("");
      lines.add("[" + section + "]");
      lines.add(line);
    } else {
      lines.add(begin, line);
    }
  }

  private Optional<String> value(List<String> lines, String section, String key) {
    int at = place(lines, section, key);
    if (at < 0) {
      return Optional.empty();
    }
    Matcher line = LINE.matcher(lines.get(at));
    return line.matches() ? Optional.of(line.group(2)) : Optional.empty();
  }

  /// The line of a key; -1 where there is none.
  private static int place(List<String> lines, String section, String key) {
    int begin = begin(lines, section);
    for (int i = begin; i >= 0 && i < lines.size(); i++) {
      if (SECTION.matcher(lines.get(i)).matches()) {
        return -1;
      }
      Matcher line = LINE.matcher(lines.get(i));
      if (line.matches() && line.group(1).equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /// The first line of a section; -1 where there is none.
  private static int begin(List<String> lines, String section) {
    if (section.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = SECTION.matcher(lines.get(i));
      if (line.matches() && line.group(1).equals(section)) {
        return i + 1;
      }
    }
    return -1;
  }

  /// Its lines; [Stop] where one says nothing: what a person meant to forbid must not be allowed.
  private List<String> read() {
    try {
      List<String> lines = files.text(FILE).stream().flatMap(String::lines).toList();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (!LINE.matcher(line).matches()
            && !SECTION.matcher(line).matches()
            && !IGNORED.matcher(line).matches()) {
          throw new Stop(ExitCode.USAGE, "%s, line %d: not `key = value`.".formatted(path, i + 1));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new Stop(ExitCode.FAILED, "%s cannot be read.".formatted(path));
    }
  }
}
