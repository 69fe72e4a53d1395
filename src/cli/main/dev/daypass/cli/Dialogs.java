package dev.daypass.cli;

import dev.daypass.client.programs.AskedProgram;
import dev.daypass.client.programs.AskedProgram.NoAnswer;
import dev.daypass.client.programs.AskedProgram.Outcome;
import dev.daypass.wire.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Asks in windows, by the first program that can show one. What is said between two questions is
/// in the window of the next.
final class Dialogs implements Terminal {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final List<DialogProgram> programs;
  private final List<String> said = new ArrayList<>();

  private Dialogs(List<DialogProgram> programs) {
    this.programs = new ArrayList<>(programs);
  }

  /// No program here shows a window, whatever there seemed to be.
  static final class NoWindow extends RuntimeException {
    NoWindow() {
      super("no window", null, false, false);
    }
  }

  /// Whether there is a program that may show one.
  static boolean there(Surroundings around) {
    return !DialogProgram.here(around).isEmpty();
  }

  /// [Stop] where there is none.
  static Dialogs open(Surroundings around) {
    List<DialogProgram> programs = DialogProgram.here(around);
    if (programs.isEmpty()) {
      throw new Stop(
          ExitCode.SIGN_IN,
          "No program shows windows here: there is no screen, or none of %s."
              .formatted(DialogProgram.NAMES));
    }
    return new Dialogs(programs);
  }

  @Override
  public String line(String prompt) {
    return asked(prompt, false).revealText().strip();
  }

  @Override
  public Secret secret(String prompt) {
    return asked(prompt, true);
  }

  /// A program that cannot show a window is not asked again.
  private Secret asked(String prompt, boolean hidden) {
    String text = String.join("\n", said);
    said.clear();
    while (!programs.isEmpty()) {
      switch (asked(programs.getFirst().question(text, prompt.strip(), hidden))) {
        case DialogProgram.Answer.Typed(var answer) -> {
          return answer;
        }
        case DialogProgram.Answer.Cancelled _ -> throw new Stop(ExitCode.USAGE, "Cancelled.");
        case DialogProgram.Answer.Unable _ -> programs.removeFirst();
      }
    }
    throw new NoWindow();
  }

  private static DialogProgram.Answer asked(DialogProgram.Question question) {
    try {
      Outcome outcome = new AskedProgram(question.command(), PATIENCE, false).ask(question.input());
      return question.read().apply(outcome);
    } catch (NoAnswer _) {
      return new DialogProgram.Answer.Unable();
    }
  }

  @Override
  public void say(String text) {
    said.add(text);
  }

  @Override
  public void close() {}
}
