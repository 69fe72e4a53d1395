package dev.daypass.client.store;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.programs.AskedProgram.Outcome;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// A program that speaks the protocol of Docker's credential helpers, of which there are many:
/// `docker-credential-pass`, `-osxkeychain`, `-wincred`, `-secretservice` and others.
///
/// @see <a
///   href="https://docs.docker.com/reference/cli/docker/login/#credential-helper-protocol">Credential
///   helper protocol</a>
public final class CredentialHelper implements SecretStore {
  static final String PREFIX = "helper:";

  /// What every helper says, at its standard output, of a name that it does not know.
  private static final String UNKNOWN = "credentials not found in native keychain";

  private static final String USER = "daypass";

  private final String name;
  private final Program program;

  /// @param name what follows `docker-credential-`
  CredentialHelper(String name, Program program) {
    this.name = name;
    this.program = program;
  }

  @Override
  public String id() {
    return PREFIX + name;
  }

  @Override
  public String place() {
    return "with docker-credential-" + name;
  }

  @Override
  public Optional<Secret> find(String secret) {
    Outcome outcome = program.run(Secret.of(secret), "get");
    if (outcome.failed()) {
      if (outcome.output().revealText().strip().equals(UNKNOWN)) {
        return Optional.empty();
      }
      throw program.refused(outcome);
    }
    try {
      if (JSON.std.mapFrom(outcome.output().revealText()).get("Secret") instanceof String found) {
        return Optional.of(Secret.of(found));
      }
    } catch (IOException _) {
      // Nor is what is no JSON an answer.
    }
    throw program.unavailable("says what no credential helper says.");
  }

  @Override
  public void keep(String secret, Secret value) {
    done(program.run(Secret.of(json(secret, value)), "store"));
  }

  private static String json(String secret, Secret value) {
    try {
      return JSON.std.asString(
          Map.of("ServerURL", secret, "Username", USER, "Secret", value.revealText()));
    } catch (IOException e) {
      throw new AssertionError("a map can be written", e);
    }
  }

  @Override
  public void forget(String secret) {
    Outcome outcome = program.run(Secret.of(secret), "erase");
    if (!outcome.output().revealText().strip().equals(UNKNOWN)) {
      done(outcome);
    }
  }

  private void done(Outcome outcome) {
    if (outcome.failed()) {
      throw program.refused(outcome);
    }
  }
}
