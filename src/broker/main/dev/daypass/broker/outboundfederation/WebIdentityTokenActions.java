package dev.daypass.broker.outboundfederation;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.INVALID_SCOPE;
import static dev.daypass.wire.ErrorCode.OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED;
import static dev.daypass.wire.ErrorCode.SESSION_DURATION_ESCALATION;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.Target;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Principal;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Secret;
import dev.daypass.wire.daypass.ExchangeToken;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.sts.GetWebIdentityToken;
import dev.daypass.wire.sts.GetWebIdentityToken.Audience;
import dev.daypass.wire.sts.GetWebIdentityToken.SigningAlgorithm;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Tells services outside who the caller is, in a token that they can verify by themselves.
///
/// A token is not revoked: it is good to its end, which is the session's at the latest.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html">Understanding
///   token claims</a>
@Singleton
public final class WebIdentityTokenActions {
  private static final String GET = "sts:GetWebIdentityToken";
  private static final String EXCHANGE = "daypass:ExchangeToken";
  private static final String TAG = "sts:TagGetWebIdentityToken";
  private static final String NAMESPACE = "https://sts.amazonaws.com/";
  private static final int USUAL_SECONDS = 300;

  /// What a token is asked to say, whoever asks in which way.
  ///
  /// @param scope what of the scope was granted; absent where none was asked for
  /// @param resource what that is about; absent where it is about everything
  private record Wanted(
      List<String> audience,
      int seconds,
      SigningAlgorithm algorithm,
      Map<String, String> tags,
      Optional<String> scope,
      Optional<String> resource) {
    /// Without a scope.
    Wanted(
        List<String> audience, int seconds, SigningAlgorithm algorithm, Map<String, String> tags) {
      this(audience, seconds, algorithm, tags, Optional.empty(), Optional.empty());
    }

    Wanted with(String granted, Optional<String> about) {
      return new Wanted(audience, seconds, algorithm, tags, Optional.of(granted), about);
    }
  }

  private final Authorizer authorizer;
  private final PostgresOutboundFederation federations;
  private final WebIdentityTokens tokens;

  WebIdentityTokenActions(
      Authorizer authorizer, PostgresOutboundFederation federations, WebIdentityTokens tokens) {
    this.authorizer = authorizer;
    this.federations = federations;
    this.tokens = tokens;
  }

  /// Who has no part in this is told so before anything about the account.
  public Uni<GetWebIdentityToken.Result> get(Caller caller, GetWebIdentityToken request) {
    if (request.audience().isEmpty()) {
      throw VALIDATION_ERROR.error(
          "1 validation error detected: Value at 'audience' failed to satisfy constraint: Member"
              + " must have length greater than or equal to 1");
    }
    Wanted wanted =
        new Wanted(
            request.audience().stream().map(Audience::value).toList(),
            request
                .durationSeconds()
                .map(GetWebIdentityToken.Duration::value)
                .orElse(USUAL_SECONDS),
            request.signingAlgorithm(),
            tags(request.tags()));
    return permit(caller, GET, wanted)
        .chain(_ -> issuer(caller))
        .map(issuer -> issue(caller, wanted, issuer))
        .map(issued -> new GetWebIdentityToken.Result(issued.token(), issued.expiresAt()));
  }

  /// The same in OAuth's words: for one service, five minutes, signed with ES384.
  public Uni<ExchangeToken.Result> exchange(Caller caller, ExchangeToken request) {
    Wanted wanted =
        new Wanted(
            List.of(request.audience().value()), USUAL_SECONDS, SigningAlgorithm.ES384, Map.of());
    return permit(caller, EXCHANGE, wanted)
        .map(own -> scoped(own, caller, request, wanted))
        .chain(
            scoped ->
                issuer(caller)
                    .map(issuer -> issue(caller, scoped, issuer))
                    .map(
                        issued ->
                            new ExchangeToken.Result(
                                issued.token(), issued.expiresAt(), scoped.scope())));
  }

  /// Of the scope, what the caller's policies allow on the resource.
  private static Wanted scoped(Policies own, Caller caller, ExchangeToken request, Wanted wanted) {
    if (request.scope().isEmpty()) {
      return wanted;
    }
    String arn = request.resource().map(ExchangeToken.ResourceArn::value).orElse("*");
    String owner =
        Optional.of(arn)
            .filter(is -> !is.equals("*"))
            .map(is -> Arn.parse(is).account())
            .filter(account -> !account.isEmpty())
            .orElse(caller.account());
    String granted =
        request.scope().get().actions().stream()
            .filter(
                action ->
                    own.decide(Authorizer.access(caller, action, Target.of(arn, owner))).allowed())
            .collect(Collectors.joining(" "));
    if (granted.isEmpty()) {
      throw INVALID_SCOPE.error("Nothing of the scope is allowed on " + arn);
    }
    return wanted.with(granted, request.resource().map(ExchangeToken.ResourceArn::value));
  }

  private Uni<String> issuer(Caller caller) {
    return federations
        .find(caller.account())
        .map(found -> found.filter(OutboundFederation::enabled))
        .map(found -> found.orElseThrow(WebIdentityTokenActions::disabled).issuer());
  }

  private static RuntimeException disabled() {
    return OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED.error(
        "Outbound web identity federation is disabled for this account.");
  }

  private static Map<String, String> tags(List<Tag> asked) {
    Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Tag tag : asked) {
      if (tags.put(tag.key().value(), tag.value().value()) != null) {
        throw VALIDATION_ERROR.error(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return tags;
  }

  private Uni<Policies> permit(Caller caller, String action, Wanted wanted) {
    Target target = Target.of("*", caller.account()).with(context(wanted));
    return authorizer
        .policiesOf(caller)
        .invoke(own -> Authorizer.require(own, caller, action, target))
        .invoke(
            own -> {
              if (!wanted.tags().isEmpty()) {
                Authorizer.require(own, caller, TAG, target);
              }
            });
  }

  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html">Keys
  ///   of STS</a>
  private static Context context(Wanted wanted) {
    Context.Builder context =
        Context.builder()
            .putAll("sts:IdentityTokenAudience", wanted.audience())
            .put("sts:SigningAlgorithm", wanted.algorithm().name())
            .put("sts:DurationSeconds", Integer.toString(wanted.seconds()));
    if (!wanted.tags().isEmpty()) {
      wanted.tags().forEach((key, value) -> context.put("aws:RequestTag/" + key, value));
      context.putAll("aws:TagKeys", wanted.tags().keySet());
    }
    return context.build();
  }

  private record Issued(Secret token, Instant expiresAt) {}

  private Issued issue(Caller caller, Wanted wanted, String issuer) {
    Instant now = caller.origin().time().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plusSeconds(wanted.seconds());
    if (caller.session().filter(session -> session.expiresAt().isBefore(expiresAt)).isPresent()) {
      throw SESSION_DURATION_ESCALATION.error(
          "The requested duration exceeds the remaining duration of the session.");
    }
    String principal = principal(caller);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(wanted.audience())
            .subject(principal)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expiresAt))
            .jwtID(UUID.randomUUID().toString())
            .claim(NAMESPACE, identity(caller, principal, wanted.tags()));
    wanted.scope().ifPresent(scope -> claims.claim("scope", scope));
    wanted.resource().ifPresent(arn -> claims.claim("resource", arn));
    return new Issued(tokens.sign(claims.build(), wanted.algorithm()), expiresAt);
  }

  /// A session of a role is the role, as AWS has it: outside, nobody knows its sessions.
  private static String principal(Caller caller) {
    return switch (caller.principal()) {
      case Principal.User user -> user.userArn();
      case Principal.AssumedRole role -> role.roleArn();
      default ->
          throw ACCESS_DENIED.error("Only users and roles have an identity for services outside.");
    };
  }

  private static Map<String, Object> identity(
      Caller caller, String principal, Map<String, String> requestTags) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("aws_account", caller.account());
    identity.put("source_region", caller.origin().region());
    identity.put("principal_id", principal);
    caller
        .membership()
        .ifPresent(
            is -> {
              identity.put("org_id", is.organization());
              identity.put("ou_path", is.path());
            });
    putUnlessEmpty(identity, "principal_tags", principalTags(caller));
    putUnlessEmpty(identity, "request_tags", requestTags);
    caller.session().ifPresent(session -> ofSession(identity, session));
    return identity;
  }

  private static void ofSession(Map<String, Object> identity, Session session) {
    identity.put("original_session_exp", session.expiresAt().toString());
    session.sourceIdentity().ifPresent(is -> identity.put("source_identity", is));
    session
        .federation()
        .map(Federation::provider)
        .ifPresent(provider -> identity.put("federated_provider", provider));
  }

  private static Map<String, String> principalTags(Caller caller) {
    return switch (caller.principal()) {
      case Principal.User user -> user.tags();
      case Principal.AssumedRole role -> role.tags();
      default -> Map.of();
    };
  }

  private static void putUnlessEmpty(
      Map<String, Object> identity, String claim, Map<String, String> tags) {
    Optional.of(tags).filter(all -> !all.isEmpty()).ifPresent(all -> identity.put(claim, all));
  }
}
