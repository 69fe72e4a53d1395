package dev.daypass.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How a person can be asked, the first way first.
record Prompters(List<Way> ways, Surroundings around) {
  static final String ALL = "tty,gui,browser";

  /// One way.
  enum Way {
    /// The terminal itself, whatever standard input and output are.
    TTY,
    /// Windows of programs that show them.
    GUI,
    /// A browser on this computer.
    BROWSER
  }

  Prompters {
    ways = List.copyOf(ways);
  }

  /// Of a list such as `tty,gui`; [Stop] for what is no way.
  static Prompters of(String list, Surroundings around) {
    return new Prompters(
        Stream.of(list.split(",", -1)).map(String::strip).map(Prompters::way).toList(), around);
  }

  private static Way way(String key) {
    return Stream.of(Way.values())
        .filter(way -> way.name().toLowerCase(Locale.ROOT).equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new Stop(
                    ExitCode.USAGE,
                    "`%s` is no way to ask. There are tty, gui and browser.".formatted(key)));
  }

  /// The terminal alone, for commands that a person runs.
  static Prompters atTerminal(Surroundings around) {
    return new Prompters(List.of(Way.TTY), around);
  }

  /// Nobody.
  static Prompters nobody(Surroundings around) {
    return new Prompters(List.of(), around);
  }

  /// Those that there are here.
  List<Way> there() {
    return around.unattended() ? List.of() : ways.stream().filter(this::there).toList();
  }

  private boolean there(Way way) {
    return switch (way) {
      case TTY -> Terminal.there();
      case GUI -> Dialogs.there(around);
      case BROWSER -> around.browser().isPresent();
    };
  }

  /// Where something can be typed; absent where that is nowhere. A browser is no such place.
  Optional<Terminal> typing() throws IOException {
    for (Way way : there()) {
      if (way != Way.BROWSER) {
        return Optional.of(way == Way.TTY ? Terminal.open() : Dialogs.open(around));
      }
    }
    return Optional.empty();
  }
}
