package dev.daypass.client.store;

import dev.daypass.client.programs.AskedProgram;
import dev.daypass.client.programs.AskedProgram.NoAnswer;
import dev.daypass.client.programs.AskedProgram.Outcome;
import dev.daypass.wire.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A program that keeps secrets for others.
///
/// @param patience how long it may take, with the person whom it may ask
record Program(Path file, Duration patience) {
  /// Runs it to its end; [StoreUnavailable] where there is none, or it says far too much.
  Outcome run(Secret input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    try {
      return new AskedProgram(command, patience, false).ask(input);
    } catch (NoAnswer none) {
      throw unavailable(none.why());
    }
  }

  StoreUnavailable refused(Outcome outcome) {
    return unavailable(
        outcome.complaint().isEmpty()
            ? "failed (exit %d).".formatted(outcome.exitCode())
            : "failed: " + outcome.complaint());
  }

  StoreUnavailable unavailable(String what) {
    return new StoreUnavailable("%s %s".formatted(file.getFileName(), what));
  }
}
