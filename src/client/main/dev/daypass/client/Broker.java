package dev.daypass.client;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The broker's JSON endpoints, as a client calls them. Fails with [BrokerRefused] or
/// [BrokerUnreachable].
public final class Broker {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(5);
  private static final int FIRST_REFUSAL = 400;

  private final URI server;
  private final BrokerHttp http;

  /// @param server its address, such as `https://daypass.example.com`
  public Broker(URI server) {
    this(server, new BrokerHttp(server));
  }

  /// @param heard is told what time it is at the broker, whenever it answers
  public Broker(URI server, Consumer<Instant> heard) {
    this(server, new BrokerHttp(server, heard));
  }

  private Broker(URI server, BrokerHttp http) {
    this.server = server;
    this.http = http;
  }

  public URI server() {
    return server;
  }

  /// Where a sign-in stands.
  public sealed interface Progress {
    /// A code of one of these devices; none where there are only passkeys.
    record MfaRequired(String transaction, List<String> devices) implements Progress {}

    record NewPasswordRequired(String transaction) implements Progress {}

    record SignedIn(SignIn signIn) implements Progress {}
  }

  public Progress password(String account, String userName, Secret password) {
    return progress(
        post(
            "sign-in",
            Optional.empty(),
            Map.of(
                "account", account,
                "userName", userName,
                "password", password.revealText())));
  }

  public Progress code(String transaction, ShownCode code) {
    Map<String, Object> body = new TreeMap<>(Map.of("transaction", transaction));
    code.into(body, "code");
    return progress(post("sign-in/mfa", Optional.empty(), body, Optional.of(code)));
  }

  /// In place of a device's code.
  public Progress recoveryCode(String transaction, Secret code) {
    return progress(
        post(
            "sign-in/recovery",
            Optional.empty(),
            Map.of("transaction", transaction, "recoveryCode", code.revealText())));
  }

  public Progress newPassword(String transaction, Secret password) {
    return progress(
        post(
            "sign-in/new-password",
            Optional.empty(),
            Map.of("transaction", transaction, "newPassword", password.revealText())));
  }

  private Progress progress(Map<String, Object> answer) {
    return switch (text(answer, "status")) {
      case "MFA_REQUIRED" ->
          new Progress.MfaRequired(
              text(answer, "transaction"),
              ((List<?>) answer.getOrDefault("devices", List.of()))
                  .stream().map(Object::toString).toList());
      case "NEW_PASSWORD_REQUIRED" -> new Progress.NewPasswordRequired(text(answer, "transaction"));
      case "SIGNED_IN" ->
          new Progress.SignedIn(
              new SignIn(
                  server,
                  Secret.of(text(answer, "token")),
                  Instant.parse(text(answer, "expiresAt")),
                  text(answer, "arn"),
                  Boolean.TRUE.equals(answer.get("mfa"))));
      default ->
          throw new BrokerRefused(
              500, "Unknown", "The broker's answer is not understood.", Map.of());
    };
  }

  /// The sign-in that a token is of.
  ///
  /// @param token that opens these endpoints
  /// @param expiresAt when it ends
  public SignIn signedIn(Secret token, Instant expiresAt) {
    Map<String, Object> identity = identity(new SignIn(server, token, expiresAt, "", false));
    return new SignIn(
        server, token, expiresAt, text(identity, "arn"), Boolean.TRUE.equals(identity.get("mfa")));
  }

  /// Ends the sign-in and everything that came of it.
  public void signOut(SignIn signIn) {
    send(request("sign-in", Optional.of(signIn)).DELETE().build());
  }

  /// Who the broker takes the signed-in for.
  public Map<String, Object> identity(SignIn signIn) {
    return get("identity", signIn);
  }

  /// Uses up a code, to learn whether it is right; says of which device. `AccessDenied` where it is
  /// not.
  public String checkCode(SignIn signIn, ShownCode code) {
    Map<String, Object> body = new TreeMap<>();
    code.into(body, "code");
    return text(post("mfa/check", Optional.of(signIn), body, Optional.of(code)), "serialNumber");
  }

  /// The roles that can be assumed, now or with a second factor.
  public List<Role> roles(SignIn signIn) {
    Object roles = get("roles", signIn).getOrDefault("roles", List.of());
    return ((List<?>) roles).stream().map(role -> Role.of((Map<?, ?>) role)).toList();
  }

  /// Credentials of a role, or of oneself where no role is named.
  ///
  /// @param code that proves the second factor anew, for a role's session alone
  public Credentials open(SignIn signIn, Wanted wanted, Optional<ShownCode> code) {
    Map<String, Object> body = wanted.body();
    code.ifPresent(shown -> shown.into(body, "tokenCode"));
    Map<String, Object> answer = post("sessions", Optional.of(signIn), body, code);
    return new Credentials(
        text(answer, "accessKeyId"),
        Secret.of(text(answer, "secretAccessKey")),
        Secret.of(text(answer, "sessionToken")),
        Instant.parse(text(answer, "expiration")),
        text(answer, "arn"));
  }

  /// What goes into `~/.aws/config` for AWS's tools to find the broker; it is no secret.
  public String awsConfig() {
    var answer =
        http.send(
            HttpRequest.newBuilder(server.resolve("/.well-known/aws-config"))
                .timeout(PATIENCE)
                .build());
    if (answer.statusCode() >= FIRST_REFUSAL) {
      throw refusal(answer.statusCode(), answer.body());
    }
    return answer.body();
  }

  /// Makes the account what a JSON document says: all of it, or nothing.
  ///
  /// @param prune whether what earlier applies made and the document does not name goes
  /// @param dryRun whether to say what would change, and change nothing
  public Map<String, Object> apply(SignIn signIn, String document, boolean prune, boolean dryRun) {
    return send(
        request("apply?prune=%s&dryRun=%s".formatted(prune, dryRun), Optional.of(signIn))
            .timeout(LONG_PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(document))
            .build());
  }

  /// A page of the sessions that have not expired: one's own, or what `filter` asks for.
  ///
  /// @param filter `all`, `user`, `role`, `sourceIdentity` and `nextToken`, with their values
  public Map<String, Object> sessions(SignIn signIn, Map<String, String> filter) {
    return get("sessions?" + Forms.of(filter), signIn);
  }

  /// Ends a session with all that came of it.
  public void endSession(SignIn signIn, String id) {
    send(request("sessions/" + Forms.encode(id), Optional.of(signIn)).DELETE().build());
  }

  /// Ends all that a user, a role or an identity provider was given.
  ///
  /// @param principal its ARN or unique id
  /// @param before until when it was given; until now, where that is absent
  public Map<String, Object> endSessions(
      SignIn signIn, String principal, Optional<Instant> before) {
    Map<String, Object> body = new TreeMap<>(Map.of("principal", principal));
    before.ifPresent(instant -> body.put("issuedBefore", instant.toString()));
    return post("revocations", Optional.of(signIn), body);
  }

  /// The account's trail, newest first: up to one page of records as CloudTrail has them.
  ///
  /// @param filter `requestId`, `userName`, `eventName` and the like
  public List<?> events(SignIn signIn, Map<String, String> filter) {
    return (List<?>)
        get("audit/events?" + Forms.of(filter), signIn).getOrDefault("events", List.of());
  }

  /// The digests of the trail behind that number, and whether they still tell the truth: as many as
  /// the broker looks at in one call.
  public Map<String, Object> trail(SignIn signIn, long after) {
    return get("audit/digests?after=" + after, signIn);
  }

  /// The broker's own keys.
  public Map<String, Object> keys(SignIn signIn) {
    return get("keys", signIn);
  }

  /// Lets the next keys take over, of one purpose or of each.
  ///
  /// @param force also where a next key is too new for everyone to know it
  public Map<String, Object> rotateKeys(SignIn signIn, Optional<String> purpose, boolean force) {
    Map<String, Object> body = new TreeMap<>(Map.of("force", force));
    purpose.ifPresent(is -> body.put("purpose", is));
    return post("keys/rotate", Optional.of(signIn), body);
  }

  /// Forgets a key at once, and ends all that it vouched for.
  public Map<String, Object> retireKey(SignIn signIn, String id) {
    return send(request("keys/" + Forms.encode(id), Optional.of(signIn)).DELETE().build());
  }

  /// Seals some more secrets anew; says how many are left.
  public Map<String, Object> rewrapSecrets(SignIn signIn) {
    return post("keys/rewrap", Optional.of(signIn), Map.of());
  }

  private Map<String, Object> get(String path, SignIn signIn) {
    return send(request(path, Optional.of(signIn)).GET().build());
  }

  private Map<String, Object> post(String path, Optional<SignIn> signIn, Map<String, Object> body) {
    return post(path, signIn, body, Optional.empty());
  }

  private Map<String, Object> post(
      String path, Optional<SignIn> signIn, Map<String, Object> body, Optional<ShownCode> code) {
    HttpRequest.Builder request = request(path, signIn).header("Content-Type", "application/json");
    code.ifPresent(shown -> shown.into(request));
    try {
      return send(
          request.POST(HttpRequest.BodyPublishers.ofString(JSON.std.asString(body))).build());
    } catch (IOException e) {
      throw new AssertionError("a map can be written", e);
    }
  }

  private HttpRequest.Builder request(String path, Optional<SignIn> signIn) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/" + path)).timeout(PATIENCE);
    signIn.ifPresent(is -> request.header("Authorization", "Bearer " + is.token().revealText()));
    return request;
  }

  private Map<String, Object> send(HttpRequest request) {
    var answer = http.send(request);
    if (answer.statusCode() >= FIRST_REFUSAL) {
      throw refusal(answer.statusCode(), answer.body());
    }
    try {
      return answer.body().isEmpty() ? Map.of() : JSON.std.mapFrom(answer.body());
    } catch (IOException _) {
      throw new BrokerUnreachable(server.toString(), "what answers is no broker");
    }
  }

  private static BrokerRefused refusal(int status, String body) {
    try {
      Object error = JSON.std.mapFrom(body).get("error");
      if (error instanceof Map<?, ?> told) {
        Map<String, Object> details = new TreeMap<>();
        told.forEach((name, value) -> details.put(name.toString(), value));
        return new BrokerRefused(status, text(details, "code"), text(details, "message"), details);
      }
    } catch (IOException _) {
      // Whatever answered, it was not a broker's refusal.
    }
    String message =
        status == 401 ? "You are not signed in." : "The server answered " + status + ".";
    return new BrokerRefused(status, "Http" + status, message, Map.of());
  }

  private static String text(Map<String, Object> answer, String name) {
    @Nullable Object value = answer.get(name);
    return value == null ? "" : value.toString();
  }
}
