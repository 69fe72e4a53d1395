package dev.daypass.client.store;

import dev.daypass.client.programs.AskedProgram.Outcome;
import dev.daypass.wire.Secret;
import java.util.Base64;
import java.util.Optional;

/// The keychain of macOS, by its `security`. A secret is told by the commands that it reads from
/// standard input, in Base64: nothing in it means anything to them.
public final class MacKeychain implements SecretStore {
  static final String ID = "macos-keychain";
  static final String PROGRAM = "security";

  /// errSecItemNotFound, as an exit code.
  private static final int UNKNOWN = 44;

  /// It reads commands up to this length.
  private static final int LONGEST_COMMAND = 4096;

  private final Program program;

  MacKeychain(Program program) {
    this.program = program;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String place() {
    return "in the macOS keychain";
  }

  @Override
  public Optional<Secret> find(String name) {
    Outcome outcome =
        program.run(
            Secret.of(""), "find-generic-password", "-s", "daypass", "-a", plain(name), "-w");
    if (outcome.exitCode() == UNKNOWN) {
      return Optional.empty();
    }
    if (outcome.failed()) {
      throw program.refused(outcome);
    }
    try {
      return Optional.of(
          Secret.of(Base64.getDecoder().decode(outcome.output().revealText().strip())));
    } catch (IllegalArgumentException _) {
      throw program.unavailable("has something else under this name.");
    }
  }

  @Override
  public void keep(String name, Secret secret) {
    String command =
        "add-generic-password -U -s daypass -a \"%s\" -w \"%s\"\n"
            .formatted(plain(name), Base64.getEncoder().encodeToString(secret.reveal()));
    if (command.length() > LONGEST_COMMAND) {
      throw program.unavailable("does not take what is that long.");
    }
    Outcome outcome = program.run(Secret.of(command), "-i");
    // It can exit with 0 whatever came of the commands that it read.
    if (outcome.failed() || !find(name).equals(Optional.of(secret))) {
      throw program.refused(outcome);
    }
  }

  @Override
  public void forget(String name) {
    Outcome outcome =
        program.run(Secret.of(""), "delete-generic-password", "-s", "daypass", "-a", plain(name));
    if (outcome.failed() && outcome.exitCode() != UNKNOWN) {
      throw program.refused(outcome);
    }
  }

  private String plain(String name) {
    if (!name.matches("[A-Za-z0-9:/._\\[\\]-]{1,300}")) {
      throw program.unavailable("does not take such a name.");
    }
    return name;
  }
}
