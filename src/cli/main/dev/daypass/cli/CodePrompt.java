package dev.daypass.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/// A person who types codes, and none twice: guesses are counted at the broker.
final class CodePrompt implements CodeSource {
  private static final int CODE_LENGTH = 6;

  private final Terminal terminal;
  private final Clock clock;
  private String former = "";

  CodePrompt(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public String code(String prompt) throws IOException {
    while (true) {
      String typed = codeOrLonger(prompt);
      if (isCode(typed)) {
        return typed;
      }
      terminal.say("A code has six digits.");
    }
  }

  /// What is longer than a code.
  String recoveryCode(String prompt) throws IOException {
    while (true) {
      String typed = codeOrLonger(prompt);
      if (!isCode(typed)) {
        return typed;
      }
      terminal.say("A recovery code is longer.");
    }
  }

  /// Either of them.
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
        ? Optional.of(
            "That is the same code. The next comes in %d s.".formatted(CodeSource.untilNext(clock)))
        : Optional.empty();
  }

  @Override
  public void refused(String why) {
    terminal.say(
        "%s A code works once; the next comes in %d s."
            .formatted(why.strip(), CodeSource.untilNext(clock)));
  }

  @Override
  public boolean byProgram() {
    return false;
  }
}
