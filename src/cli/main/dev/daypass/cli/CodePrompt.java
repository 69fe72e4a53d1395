package dev.daypass.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/// Asks for codes that a device shows, and for none twice: guesses are counted at the broker.
final class CodePrompt {
  private static final int STEP_SECONDS = 30;
  private static final int CODE_LENGTH = 6;

  private final Terminal terminal;
  private final Clock clock;
  private String former = "";

  CodePrompt(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /// A code of six digits, other than the one before.
  String code(String prompt) throws IOException {
    while (true) {
      String typed = codeOrLonger(prompt);
      if (isCode(typed)) {
        return typed;
      }
      terminal.say("A code has six digits.");
    }
  }

  /// The same, or what is longer, such as a recovery code.
  String codeOrLonger(String prompt) throws IOException {
    while (true) {
      String typed = terminal.line(prompt).replace(" ", "");
      Optional<String> mistake = mistake(typed);
      if (mistake.isEmpty()) {
        former = typed;
        return typed;
      }
      terminal.say(mistake.get());
    }
  }

  static boolean isCode(String typed) {
    return typed.matches("[0-9]{" + CODE_LENGTH + "}");
  }

  /// What is wrong with it whatever the broker says.
  private Optional<String> mistake(String typed) {
    if (typed.length() < CODE_LENGTH) {
      return Optional.of("A code has six digits.");
    }
    return typed.equals(former)
        ? Optional.of("That is the same code. The next comes in %d s.".formatted(untilNext()))
        : Optional.empty();
  }

  /// Says why the code did not do, and when there is another.
  void refused(String why) {
    terminal.say("%s A code works once; the next comes in %d s.".formatted(why, untilNext()));
  }

  private long untilNext() {
    return STEP_SECONDS - clock.instant().getEpochSecond() % STEP_SECONDS;
  }
}
