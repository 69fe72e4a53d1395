package dev.daypass.client;

import dev.daypass.client.store.PrivateFiles;
import dev.daypass.client.store.SecretStore;
import dev.daypass.client.store.StoreUnavailable;
import dev.daypass.client.store.Stores;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What this machine remembers of a person: the sign-in, whose token is in a [SecretStore], and the
/// sessions it gave birth to, in files that only the person can read. The sign-in lasts for hours,
/// the sessions for less.
public final class Profile {
  private static final String SIGN_IN = "sign-in.json";
  private static final Set<String> SIGN_IN_FIELDS =
      Set.of("server", "expiresAt", "arn", "mfa", "store");
  private static final Set<String> CREDENTIAL_FIELDS =
      Set.of("accessKeyId", "secretAccessKey", "sessionToken", "expiration", "arn");

  private final PrivateFiles state;
  private final PrivateFiles sessions;
  private final Stores stores;

  /// @param folder where it is kept
  public Profile(Path folder, Stores stores) {
    this.state = new PrivateFiles(folder);
    this.sessions = new PrivateFiles(folder.resolve("sessions"));
    this.stores = stores;
  }

  /// What is known of the last sign-in without its token, be it over or not.
  ///
  /// @param place where the token is, for people to read
  public record Remembered(URI server, String arn, boolean mfa, Instant expiresAt, String place) {}

  /// Asks no keyring and no person.
  public Optional<Remembered> remembered() {
    return kept()
        .map(
            kept ->
                new Remembered(
                    URI.create(kept.apply("server")),
                    kept.apply("arn"),
                    Boolean.parseBoolean(kept.apply("mfa")),
                    Instant.parse(kept.apply("expiresAt")),
                    stores.open(kept.apply("store")).place()));
  }

  /// The credentials that are kept, those that last longest first.
  public List<Credentials> allCredentials() {
    return sessions.names().stream()
        .flatMap(name -> sessions.read(name, CREDENTIAL_FIELDS).stream())
        .map(Profile::toCredentials)
        .sorted(Comparator.comparing(Credentials::expiration).reversed())
        .toList();
  }

  /// The broker of the last sign-in.
  public Optional<URI> server() {
    return kept().map(kept -> URI.create(kept.apply("server")));
  }

  private Optional<Function<String, String>> kept() {
    return state.read(SIGN_IN, SIGN_IN_FIELDS);
  }

  /// The sign-in there is. Fails with [StoreUnavailable] where its token cannot be read now; one
  /// whose token is not there any more is none.
  public Optional<SignIn> signIn() {
    return kept()
        .flatMap(
            kept ->
                stores
                    .open(kept.apply("store"))
                    .find(kept.apply("server"))
                    .map(token -> toSignIn(kept, token)));
  }

  /// Remembers a sign-in in place of the one there is, which is forgotten once this one is kept.
  public void keep(SignIn signIn, SecretStore store) throws IOException {
    Optional<Function<String, String>> former = kept();
    String server = signIn.server().toString();
    store.keep(server, signIn.token());
    state.write(
        SIGN_IN,
        Map.of(
            "server", server,
            "expiresAt", signIn.expiresAt().toString(),
            "arn", signIn.arn(),
            "mfa", signIn.mfa(),
            "store", store.id()));
    forgetSessions();
    former
        .filter(is -> !is.apply("store").equals(store.id()) || !is.apply("server").equals(server))
        .ifPresent(this::forgetFormer);
  }

  /// A token that is left elsewhere is not worth failing for: it ends by itself.
  private void forgetFormer(Function<String, String> former) {
    try {
      stores.open(former.apply("store")).forget(former.apply("server"));
    } catch (StoreUnavailable _) {
      // The store of before is not there any more.
    }
  }

  /// Forgets it all here. Fails with [StoreUnavailable] where the token's store is not there now,
  /// once all else is forgotten.
  public void forget() throws IOException {
    Optional<Function<String, String>> kept = kept();
    state.delete(SIGN_IN);
    forgetSessions();
    kept.ifPresent(is -> stores.open(is.apply("store")).forget(is.apply("server")));
  }

  private void forgetSessions() throws IOException {
    sessions.deleteAll();
  }

  private static SignIn toSignIn(Function<String, String> kept, Secret token) {
    return new SignIn(
        URI.create(kept.apply("server")),
        token,
        Instant.parse(kept.apply("expiresAt")),
        kept.apply("arn"),
        Boolean.parseBoolean(kept.apply("mfa")));
  }

  /// Credentials that were kept for this purpose, however long they last yet.
  public Optional<Credentials> credentials(String purpose) {
    return sessions.read(file(purpose), CREDENTIAL_FIELDS).map(Profile::toCredentials);
  }

  /// Credentials for this purpose: those that are kept, where they will do, else new ones, which
  /// are kept. Of several processes that need some, one opens them for all. Fails as `open` does,
  /// and with [StoreUnavailable] where files cannot be written.
  public Credentials credentials(
      String purpose, Predicate<Credentials> willDo, Supplier<Credentials> open) {
    return sessions.locked(
        () -> {
          Optional<Credentials> kept = credentials(purpose).filter(willDo);
          return kept.isPresent() ? kept.get() : keep(purpose, open.get());
        });
  }

  private Credentials keep(String purpose, Credentials credentials) throws IOException {
    sessions.write(
        file(purpose),
        Map.of(
            "accessKeyId", credentials.accessKeyId(),
            "secretAccessKey", credentials.secretAccessKey().revealText(),
            "sessionToken", credentials.sessionToken().revealText(),
            "expiration", credentials.expiration().toString(),
            "arn", credentials.arn()));
    return credentials;
  }

  /// Forgets the credentials of this purpose.
  public void forget(String purpose) throws IOException {
    sessions.delete(file(purpose));
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
