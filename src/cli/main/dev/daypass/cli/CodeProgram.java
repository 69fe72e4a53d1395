package dev.daypass.cli;

import dev.daypass.client.login.DeviceLogin.Pause;
import dev.daypass.client.programs.AskedProgram;
import dev.daypass.client.programs.AskedProgram.NoAnswer;
import dev.daypass.client.programs.AskedProgram.Outcome;
import dev.daypass.wire.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A program that prints codes, such as `ykman oath accounts code -s daypass`. A code that was used
/// is waited out, once.
final class CodeProgram implements CodeSource {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final AskedProgram program;
  private final Clock clock;
  private final Prose prose;
  private final Pause pause;
  private String former = "";
  private boolean waited;

  /// @param command without a shell: words, apart by spaces
  CodeProgram(String command, Clock clock, Prose prose, Pause pause) {
    List<String> words = List.of(command.strip().split("\\s+"));
    if (words.getFirst().isEmpty()) {
      throw new Stop(ExitCode.USAGE, "--mfa-process names no program.");
    }
    this.program = new AskedProgram(words, PATIENCE, true);
    this.clock = clock;
    this.prose = prose;
    this.pause = pause;
  }

  @Override
  public String code(String prompt) {
    String told = told();
    if (!CodePrompt.isCode(told)) {
      throw failed("printed no code of six digits.");
    }
    if (told.equals(former)) {
      throw failed("printed the same code again.");
    }
    former = told;
    return told;
  }

  private String told() {
    Thread caller = Thread.startVirtualThread(this::callPerson);
    try {
      Outcome outcome = program.ask(Secret.of(""));
      if (outcome.failed()) {
        throw failed("failed (exit %d).".formatted(outcome.exitCode()));
      }
      return outcome.output().revealText().strip();
    } catch (NoAnswer none) {
      throw failed(none.why());
    } finally {
      caller.interrupt();
    }
  }

  /// One that does not answer at once waits for somebody to touch a key.
  private void callPerson() {
    try {
      Thread.sleep(AT_ONCE);
      Notification.by(prose)
          .send("%s waits for you.".formatted(Path.of(program.command().getFirst()).getFileName()));
    } catch (InterruptedException _) {
      // It has answered.
    }
  }

  private Stop failed(String what) {
    return new Stop(
        ExitCode.FAILED, "There is no code: %s %s".formatted(program.command().getFirst(), what));
  }

  @Override
  public void refused(String why) {
    if (waited) {
      throw new Stop(ExitCode.FAILED, why.strip());
    }
    waited = true;
    long seconds = CodeSource.untilNext(clock);
    prose.note("%s Waiting %d s for the next code (Ctrl-C to stop).", why.strip(), seconds);
    try {
      // INVARIANT: a program is asked again within another step, so a code that is wrong for good
      // costs two guesses.
      pause.of(Duration.ofSeconds(seconds));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Stop(ExitCode.FAILED, why.strip());
    }
  }

  @Override
  public boolean byProgram() {
    return true;
  }
}
