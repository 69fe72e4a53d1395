package dev.daypass.broker.api;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.passkeys.PasskeyBodies;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.signin.PasskeySignIn;
import dev.daypass.broker.signin.Progress;
import dev.daypass.broker.signin.SignIn;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import dev.daypass.wire.iam.Password;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Signing in from a terminal: `POST /api/sign-in`, then what its answer asks for; and signing out.
@Path("/api/sign-in")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SignInEndpoint {
  private static final int LONGEST_NAME = 128;

  private final SignIn signIn;
  private final PasskeySignIn passkeys;
  private final Revocations revocations;
  private final Origins origins;
  private final JsonWebToken token;

  SignInEndpoint(
      SignIn signIn,
      PasskeySignIn passkeys,
      Revocations revocations,
      Origins origins,
      JsonWebToken token) {
    this.signIn = signIn;
    this.passkeys = passkeys;
    this.revocations = revocations;
    this.origins = origins;
    this.token = token;
  }

  /// What a person types first.
  public record PasswordStep(
      @Nullable String account, @Nullable String userName, @Nullable String password) {
    @Override
    public String toString() {
      return "PasswordStep";
    }
  }

  /// A code, of the device that is named or the first there is.
  public record CodeStep(
      @Nullable String transaction, @Nullable String serialNumber, @Nullable String code) {
    @Override
    public String toString() {
      return "CodeStep";
    }
  }

  /// A recovery code, where the device is lost.
  public record RecoveryStep(@Nullable String transaction, @Nullable String recoveryCode) {
    @Override
    public String toString() {
      return "RecoveryStep";
    }
  }

  /// An assertion, as browsers write it.
  public record PasskeyStep(
      @Nullable String transaction, PasskeyBodies.@Nullable Credential credential) {
    @Override
    public String toString() {
      return "PasskeyStep";
    }
  }

  /// Another password.
  public record NewPasswordStep(@Nullable String transaction, @Nullable String newPassword) {
    @Override
    public String toString() {
      return "NewPasswordStep";
    }
  }

  @POST
  public Uni<Map<String, Object>> password(@Nullable PasswordStep body, HttpServerRequest request) {
    PasswordStep step = present(body);
    Origin origin = origins.of(request);
    String account = given(step.account(), "account");
    String name = given(step.userName(), "userName");
    Secret password = secret(given(step.password(), "password"), "password", Password::new).value();
    if (!account.matches("[0-9]{12}") || name.length() > LONGEST_NAME) {
      throw VALIDATION_ERROR.error("account must be 12 digits, userName at most 128 characters");
    }
    return signIn
        .password(origin, account, name, password, Optional.empty())
        .map(SignInEndpoint::shown);
  }

  @POST
  @Path("mfa")
  public Uni<Map<String, Object>> code(@Nullable CodeStep body, HttpServerRequest request) {
    CodeStep step = present(body);
    Secret code = secret(given(step.code(), "code"), "code", AuthenticationCode::new).value();
    return signIn
        .code(
            origins.of(request),
            given(step.transaction(), "transaction"),
            Optional.ofNullable(step.serialNumber()),
            code)
        .map(SignInEndpoint::shown);
  }

  @POST
  @Path("recovery")
  public Uni<Map<String, Object>> recovery(@Nullable RecoveryStep body, HttpServerRequest request) {
    RecoveryStep step = present(body);
    return signIn
        .recoveryCode(
            origins.of(request),
            given(step.transaction(), "transaction"),
            Secret.of(given(step.recoveryCode(), "recoveryCode")))
        .map(SignInEndpoint::shown);
  }

  @POST
  @Path("new-password")
  public Uni<Map<String, Object>> newPassword(
      @Nullable NewPasswordStep body, HttpServerRequest request) {
    NewPasswordStep step = present(body);
    Secret password =
        secret(given(step.newPassword(), "newPassword"), "newPassword", Password::new).value();
    return signIn
        .newPassword(origins.of(request), given(step.transaction(), "transaction"), password)
        .map(SignInEndpoint::shown);
  }

  /// Begins a sign-in without a password: says what a passkey is to sign. There is nothing to ask
  /// with, so it takes no body.
  @POST
  @Path("passkey/options")
  @Consumes(MediaType.WILDCARD)
  public Uni<Map<String, Object>> passkeyOptions(HttpServerRequest request) {
    return passkeys
        .begin(origins.of(request))
        .map(asked -> Map.of("transaction", asked.transaction(), "passkey", asked.passkey()));
  }

  /// What a passkey signed, after a password or in place of one.
  @POST
  @Path("passkey")
  public Uni<Map<String, Object>> passkey(@Nullable PasskeyStep body, HttpServerRequest request) {
    PasskeyStep step = present(body);
    return passkeys
        .answer(
            origins.of(request),
            given(step.transaction(), "transaction"),
            PasskeyBodies.assertion(step.credential()))
        .map(SignInEndpoint::shown);
  }

  /// Ends the sign-in and every session that came of it.
  @DELETE
  @Authenticated
  @Consumes(MediaType.WILDCARD)
  public Uni<Void> signOut(HttpServerRequest request) {
    return revocations.end(Revocation.of(SignedInCaller.signIn(token), origins.of(request).time()));
  }

  private static Map<String, Object> shown(Progress progress) {
    return switch (progress) {
      case Progress.MfaRequired(var transaction, List<String> devices, var passkey) -> {
        Map<String, Object> asked = new TreeMap<>();
        asked.put("status", "MFA_REQUIRED");
        asked.put("transaction", transaction);
        asked.put("devices", devices);
        passkey.ifPresent(options -> asked.put("passkey", options));
        yield asked;
      }
      case Progress.NewPasswordRequired(var transaction) ->
          Map.of("status", "NEW_PASSWORD_REQUIRED", "transaction", transaction);
      case Progress.SignedIn(var token, _, var expiresAt, var arn, var mfa) ->
          new TreeMap<>(
              Map.of(
                  "status",
                  "SIGNED_IN",
                  "token",
                  token.revealText(),
                  "expiresAt",
                  expiresAt.toString(),
                  "arn",
                  arn,
                  "mfa",
                  mfa));
    };
  }

  private static <T> T present(@Nullable T body) {
    if (body == null) {
      throw VALIDATION_ERROR.error("the request has no body");
    }
    return body;
  }

  private static String given(@Nullable String value, String name) {
    if (value == null || value.isEmpty()) {
      throw VALIDATION_ERROR.error(name + " is missing");
    }
    return value;
  }

  private static <T> T secret(String value, String name, Function<Secret, T> type) {
    try {
      return type.apply(Secret.of(value));
    } catch (ConstraintViolation violation) {
      throw VALIDATION_ERROR.error(name + ": " + violation.constraint());
    }
  }
}
