package dev.daypass.cli;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.ShownCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;

/// Where a role's wish for a fresh second factor is answered: by a program, else by a person, where
/// one can be asked.
record Codes(CodeOptions options, Prompters prompters, Clock clock, Prose prose) {
  /// What a code is for.
  interface Use<T> {
    /// Fails with [BrokerRefused] where the code does not do.
    T with(ShownCode code);
  }

  /// What comes of the first code that does; [Stop] where nobody can be asked.
  ///
  /// @param wish why it is wanted
  <T> T use(String wish, Use<T> use) {
    try {
      Optional<CodeSource> program = options.program(clock, prose);
      if (program.isPresent()) {
        return tried(program.get(), use);
      }
      try (Terminal terminal =
          prompters.typing().orElseThrow(() -> new Stop(ExitCode.SIGN_IN, wish, "daypass login"))) {
        terminal.say(wish);
        return tried(new CodePrompt(terminal, clock), use);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T tried(CodeSource source, Use<T> use) throws IOException {
    while (true) {
      ShownCode code = options.next(source, "Code: ");
      try {
        return use.with(code);
      } catch (BrokerRefused refused) {
        if (!refused.code().equals("AccessDenied")) {
          throw refused;
        }
        source.refused(String.valueOf(refused.getMessage()));
      }
    }
  }
}
