package dev.daypass.cli;

import dev.daypass.client.ShownCode;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the second factor is shown, for every command that can be asked for one.
final class CodeOptions {
  @Option(
      names = "--mfa-process",
      paramLabel = "CMD",
      description = "A program that prints a code, asked in place of you. No shell reads it.")
  private @Nullable String process;

  @Option(
      names = "--mfa-serial",
      paramLabel = "SERIAL",
      description = "The device whose codes are shown, where there is more than one.")
  private @Nullable String serial;

  /// The program that is asked; absent where a person is.
  Optional<CodeSource> program(Clock clock, Prose prose) {
    return Optional.ofNullable(process)
        .map(command -> new CodeProgram(command, clock, prose, Thread::sleep));
  }

  /// Whether there is one.
  boolean byProgram() {
    return process != null;
  }

  /// The next code of this source.
  ShownCode next(CodeSource source, String prompt) throws IOException {
    return shown(source.code(prompt), source.byProgram());
  }

  /// A code that a person typed.
  ShownCode shown(String typed) {
    return shown(typed, false);
  }

  private ShownCode shown(String digits, boolean byProgram) {
    return new ShownCode(Optional.ofNullable(serial), Secret.of(digits), byProgram);
  }
}
