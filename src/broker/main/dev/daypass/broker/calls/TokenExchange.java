package dev.daypass.broker.calls;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.database.OrderedIds;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.sessions.SessionTokens;
import dev.daypass.broker.webidentity.WebIdentities;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.Secret;
import dev.daypass.wire.Service;
import dev.daypass.wire.daypass.ExchangeToken;
import dev.daypass.wire.query.Form;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.SignedClaim;
import dev.daypass.wire.sigv4.SignedService;
import dev.daypass.wire.sts.AssumeRoleWithWebIdentity;
import dev.daypass.wire.sts.GetWebIdentityToken.Audience;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.RoleSessionName;
import dev.daypass.wire.sts.WebIdentityToken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Trades what somebody has for a token that is for one service: the token of an identity provider,
/// by way of a role that trusts it; or a session, whose secret must sign the request. A session
/// token alone is worth nothing, here as everywhere.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8693.html">RFC 8693</a>
@Singleton
final class TokenExchange {
  static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
  static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
  static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
  static final String SESSION = "urn:daypass:params:oauth:token-type:session";
  private static final SignedService DAYPASS = SignedService.of(Service.DAYPASS);

  private final WebIdentities identities;
  private final Signatures signatures;
  private final SessionTokens tokens;
  private final Road road;
  private final Audit audit;

  TokenExchange(
      WebIdentities identities,
      Signatures signatures,
      SessionTokens tokens,
      Road road,
      Audit audit) {
    this.identities = identities;
    this.signatures = signatures;
    this.tokens = tokens;
    this.road = road;
    this.audit = audit;
  }

  /// A request that cannot be what its sender means.
  static final class NotSupported extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String error;

    NotSupported(String error, String description) {
      super(description);
      this.error = error;
    }

    /// As RFC 6749 §5.2 names it.
    String error() {
      return error;
    }
  }

  /// Where a subject could not be proven, or may not have what it asks for.
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean subject;
    private final transient ApiError refusal;

    private Refused(boolean subject, ApiError refusal) {
      super(refusal);
      this.subject = subject;
      this.refusal = refusal;
    }

    /// Whether the subject is to blame, and not what it asks for.
    boolean ofSubject() {
      return subject;
    }

    ApiError refusal() {
      return refusal;
    }
  }

  /// Fails with [NotSupported], [Refused], or as the signature is refused.
  Uni<ExchangeToken.Result> exchange(HttpMessage message, Form form, Origin origin) {
    String grant = form.find("grant_type").orElse("");
    if (!grant.equals(GRANT)) {
      throw new NotSupported("unsupported_grant_type", "grant_type must be " + GRANT);
    }
    if (form.find("actor_token").isPresent() || form.find("actor_token_type").isPresent()) {
      throw new NotSupported("invalid_request", "nobody acts for others here: no actor_token");
    }
    if (!form.find("requested_token_type").orElse(JWT).equals(JWT)) {
      throw new NotSupported("invalid_request", "requested_token_type must be " + JWT);
    }
    ExchangeToken request = request(form);
    Secret subject = Secret.of(required(form, "subject_token"));
    Uni<Caller> caller =
        switch (required(form, "subject_token_type")) {
          case JWT, ID_TOKEN -> byIdentity(form, subject, origin);
          case SESSION -> bySession(message, subject, origin);
          default ->
              throw new NotSupported(
                  "invalid_request",
                  "subject_token_type must be one of %s, %s, %s".formatted(JWT, ID_TOKEN, SESSION));
        };
    return caller.chain(
        proven ->
            road.take(proven, request)
                .onFailure()
                .transform(failure -> new Refused(false, Refusals.of(failure, origin.callId()))));
  }

  private static ExchangeToken request(Form form) {
    return new ExchangeToken(
        value(required(form, "audience"), "audience", Audience::new),
        form.find("scope").map(text -> value(text, "scope", ExchangeToken.Scope::new)),
        form.find("resource").map(text -> value(text, "resource", ExchangeToken.ResourceArn::new)));
  }

  private Uni<Caller> byIdentity(Form form, Secret token, Origin origin) {
    AssumeRoleWithWebIdentity request =
        new AssumeRoleWithWebIdentity(
            value(required(form, "role_arn"), "role_arn", RoleArn::new),
            value(
                form.find("role_session_name").orElse("token-exchange"),
                "role_session_name",
                RoleSessionName::new),
            value(token, "subject_token", WebIdentityToken::new),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Origin first = origin.as(OrderedIds.next().toString());
    return Uni.createFrom()
        .deferred(() -> identities.prove(first, request))
        .onFailure()
        .call(failure -> recordUnproven(request, failure, first))
        .chain(caller -> road.take(caller, request))
        .onFailure()
        .transform(failure -> new Refused(true, Refusals.of(failure, origin.callId())))
        .map(opened -> tokens.verify(opened.credentials().sessionToken().revealText()).session())
        .chain(session -> signatures.caller(session, origin));
  }

  private Uni<Void> recordUnproven(
      AssumeRoleWithWebIdentity request, Throwable failure, Origin origin) {
    ApiError refusal = Refusals.of(failure, origin.callId());
    return audit.append(
        new CloudTrail(origin)
            .event(Service.STS.eventSource(), "AssumeRoleWithWebIdentity", "AwsApiCall")
            .readOnly(true)
            .parameters(Shown.of(request))
            .error(refusal.code().wireName(), refusal.text())
            .entry());
  }

  private Uni<Caller> bySession(HttpMessage message, Secret token, Origin origin) {
    SignedClaim claim = SignedClaim.read(message, DAYPASS, origin.time());
    byte[] shown = token.reveal();
    boolean same =
        claim
            .sessionToken()
            .map(signed -> signed.getBytes(StandardCharsets.UTF_8))
            .filter(signed -> MessageDigest.isEqual(signed, shown))
            .isPresent();
    if (!same) {
      throw new Refused(
          true, ACCESS_DENIED.error("A session must sign the request with its own secret."));
    }
    return signatures.prove(claim, origin).map(Signatures.Proven::caller);
  }

  private static String required(Form form, String name) {
    return form.find(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new NotSupported("invalid_request", name + " is missing"));
  }

  private static <V, T> T value(V value, String name, Function<V, T> type) {
    try {
      return type.apply(value);
    } catch (ConstraintViolation violation) {
      throw VALIDATION_ERROR.error(name + ": " + violation.constraint());
    }
  }
}
