package dev.daypass.cli;

import dev.daypass.client.store.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What kind of place this runs in: beside a browser, or far from one.
///
/// @param system as `os.name` has it
/// @param root of the file system
record Surroundings(Map<String, String> environment, String system, Path root) {
  private static final int LONGEST_NAME = 60;
  private static final Set<String> NOTIFYING_PROGRAMS = Set.of("iTerm.app", "WezTerm", "ghostty");
  private static final Set<String> NOTIFYING_TERMINALS =
      Set.of("xterm-kitty", "xterm-ghostty", "foot");

  static Surroundings here() {
    return new Surroundings(System.getenv(), System.getProperty("os.name"), Path.of("/"));
  }

  private boolean has(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  private Programs programs() {
    return new Programs(environment.getOrDefault("PATH", ""));
  }

  private boolean is(String name) {
    return system.toLowerCase(Locale.ROOT).startsWith(name);
  }

  /// Windows Subsystem for Linux, whose browser is the one of Windows.
  boolean wsl() {
    return has("WSL_DISTRO_NAME") || has("WSL_INTEROP");
  }

  private boolean container() {
    return has("container")
        || has("KUBERNETES_SERVICE_HOST")
        || Stream.of(".dockerenv", "run/.containerenv")
            .anyMatch(mark -> Files.exists(root.resolve(mark)));
  }

  /// Whether whoever is asked sits somewhere else, or there is nobody.
  private boolean remote() {
    return Stream.of("CI", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT").anyMatch(this::has)
        || container();
  }

  /// Whether nobody is there to ask, whatever terminal there is.
  boolean unattended() {
    return has("CI");
  }

  /// How to sign in where nobody has said how.
  LoginFlow usualFlow() {
    return remote() || browser().isEmpty() ? LoginFlow.DEVICE : LoginFlow.BROWSER;
  }

  /// What opens an address in a browser; absent where nothing does.
  Optional<List<String>> browser() {
    if (has("BROWSER")) {
      return Optional.of(List.of(environment.getOrDefault("BROWSER", "").split(":")[0].split(" ")));
    }
    if (is("mac")) {
      return command("open");
    }
    if (is("windows")) {
      return command("explorer.exe");
    }
    if (wsl()) {
      return command("wslview").or(() -> command("explorer.exe"));
    }
    return screen() ? command("xdg-open") : Optional.empty();
  }

  /// Whether windows are seen by whoever is asked.
  boolean screen() {
    return is("mac") || is("windows") || has("DISPLAY") || has("WAYLAND_DISPLAY");
  }

  /// The program of this name.
  Optional<Path> program(String name) {
    return programs().find(name);
  }

  private Optional<List<String>> command(String name) {
    return programs().find(name).map(file -> List.of(file.toString()));
  }

  /// Whether what is drawn with characters beyond ASCII arrives.
  boolean unicode() {
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .filter(this::has)
            .findFirst()
            .map(environment::get)
            .orElse("");
    return is("mac") || locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
  }

  /// Whether the cursor can be moved.
  boolean dumb() {
    return environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /// Whether colours are welcome.
  ///
  /// @see <a href="https://no-color.org">NO_COLOR</a>
  boolean colour() {
    return !dumb() && !has("NO_COLOR");
  }

  /// Whether the terminal is one that shows notifications (OSC 9), and they are welcome. A terminal
  /// within another passes on what it pleases.
  boolean notifies() {
    String terminal = environment.getOrDefault("TERM", "");
    boolean known =
        NOTIFYING_PROGRAMS.contains(environment.getOrDefault("TERM_PROGRAM", ""))
            || NOTIFYING_TERMINALS.stream().anyMatch(terminal::startsWith);
    return known && colour() && !unattended() && !has("TMUX") && !has("STY");
  }

  /// What this program calls itself on the page where it is allowed.
  String toolName() {
    String computer =
        Optional.of(environment.getOrDefault("COMPUTERNAME", ""))
            .filter(name -> !name.isEmpty())
            .orElseGet(this::hostName)
            .replaceAll("[^A-Za-z0-9._-]", "");
    return computer.isEmpty()
        ? "daypass"
        : "daypass on " + computer.substring(0, Math.min(computer.length(), LONGEST_NAME));
  }

  private String hostName() {
    try {
      return Files.readString(root.resolve("proc/sys/kernel/hostname"));
    } catch (IOException _) {
      return environment.getOrDefault("HOSTNAME", "");
    }
  }
}
