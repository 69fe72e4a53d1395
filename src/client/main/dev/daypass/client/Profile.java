package dev.daypass.client;

import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What this machine remembers of a person: the sign-in, and the sessions it gave birth to, in
/// files that only the person can read. The sign-in lasts for hours, the sessions for less.
public final class Profile {
  private static final String SIGN_IN = "sign-in.json";
  private static final Set<String> SIGN_IN_FIELDS =
      Set.of("server", "token", "expiresAt", "arn", "mfa");
  private static final Set<String> CREDENTIAL_FIELDS =
      Set.of("accessKeyId", "secretAccessKey", "sessionToken", "expiration", "arn");
  private static final Duration STILL_USEFUL = Duration.ofMinutes(5);

  private final PrivateFiles state;
  private final PrivateFiles sessions;

  /// @param folder where it is kept
  public Profile(Path folder) {
    this.state = new PrivateFiles(folder);
    this.sessions = new PrivateFiles(folder.resolve("sessions"));
  }

  public Optional<SignIn> signIn() {
    return state.read(SIGN_IN, SIGN_IN_FIELDS).map(Profile::toSignIn);
  }

  public void keep(SignIn signIn) throws IOException {
    forgetSessions();
    state.write(
        SIGN_IN,
        Map.of(
            "server", signIn.server().toString(),
            "token", signIn.token().revealText(),
            "expiresAt", signIn.expiresAt().toString(),
            "arn", signIn.arn(),
            "mfa", signIn.mfa()));
  }

  public void forget() throws IOException {
    state.delete(SIGN_IN);
    forgetSessions();
  }

  private void forgetSessions() throws IOException {
    sessions.deleteAll();
  }

  private static SignIn toSignIn(Function<String, String> kept) {
    return new SignIn(
        URI.create(kept.apply("server")),
        Secret.of(kept.apply("token")),
        Instant.parse(kept.apply("expiresAt")),
        kept.apply("arn"),
        Boolean.parseBoolean(kept.apply("mfa")));
  }

  /// Credentials that were kept for this purpose, if they last for a while yet.
  public Optional<Credentials> credentials(String purpose, Instant now) {
    return sessions
        .read(file(purpose), CREDENTIAL_FIELDS)
        .map(Profile::toCredentials)
        .filter(credentials -> credentials.lastFor(STILL_USEFUL, now));
  }

  public void keep(String purpose, Credentials credentials) throws IOException {
    sessions.write(
        file(purpose),
        Map.of(
            "accessKeyId", credentials.accessKeyId(),
            "secretAccessKey", credentials.secretAccessKey().revealText(),
            "sessionToken", credentials.sessionToken().revealText(),
            "expiration", credentials.expiration().toString(),
            "arn", credentials.arn()));
  }

  private static Credentials toCredentials(Function<String, String> kept) {
    return new Credentials(
        kept.apply("accessKeyId"),
        Secret.of(kept.apply("secretAccessKey")),
        Secret.of(kept.apply("sessionToken")),
        Instant.parse(kept.apply("expiration")),
        kept.apply("arn"));
  }

  private static String file(String purpose) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(purpose.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16) + ".json";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
