package dev.daypass.broker.access;

import dev.daypass.broker.identities.Membership;
import dev.daypass.policy.Context;
import dev.daypass.policy.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Who calls, as proven, and from where.
///
/// @param accessKeyId the key that signed; absent for one who has signed in
/// @param session the session it belongs to; absent for long-term keys
/// @param mfaAt when a second factor was verified for the credentials at hand
/// @param membership what its account's organization says; absent for an account in none
/// @param webIdentity who an identity provider says it is, where a token of its proved the caller;
///   the session is the sign-in then in which it did, if it was one
public record Caller(
    Principal principal,
    String account,
    Optional<String> accessKeyId,
    Optional<Session> session,
    Optional<Instant> mfaAt,
    Origin origin,
    Optional<Membership> membership,
    Optional<WebIdentity> webIdentity) {

  /// A caller with credentials of ours.
  public Caller(
      Principal principal,
      String account,
      Optional<String> accessKeyId,
      Optional<Session> session,
      Optional<Instant> mfaAt,
      Origin origin,
      Optional<Membership> membership) {
    this(principal, account, accessKeyId, session, mfaAt, origin, membership, Optional.empty());
  }

  /// A caller whom an identity provider vouches for, to whoever is in the provider's account.
  public static Caller federated(String account, WebIdentity webIdentity, Origin origin) {
    return new Caller(
        new Principal.Federated(webIdentity.federation().provider()),
        account,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        origin,
        Optional.empty(),
        Optional.of(webIdentity));
  }

  /// A service that acts for whomever a certificate names.
  ///
  /// @param service such as `rolesanywhere.amazonaws.com`
  public static Caller service(
      String service, String account, WebIdentity webIdentity, Origin origin) {
    return new Caller(
        new Principal.Service(service),
        account,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        origin,
        Optional.empty(),
        Optional.of(webIdentity));
  }

  /// The same caller, who has begun this session.
  public Caller with(Session begun) {
    return new Caller(
        principal,
        account,
        accessKeyId,
        Optional.of(begun),
        begun.mfaAt(),
        origin,
        membership,
        webIdentity);
  }

  /// The caller's ARN, or its user id where it has none.
  public String arnOrUserId() {
    return principal.arn().orElseGet(this::userId);
  }

  /// The caller's ARN.
  public String arn() {
    return principal.arn().orElseThrow();
  }

  /// What AWS calls the user id: `AIDA…`, `AROA…:session`, or the account for its root.
  public String userId() {
    return switch (principal) {
      case Principal.User user -> user.id();
      case Principal.AssumedRole role -> role.roleId() + ":" + role.sessionName();
      case Principal.FederatedUser user -> user.accountId() + ":" + user.name();
      case Principal.Federated _, Principal.Service _ ->
          webIdentity.orElseThrow().federation().userId();
      default -> account;
    };
  }

  /// The user who calls, if it is one.
  public Optional<Principal.User> user() {
    return principal instanceof Principal.User user ? Optional.of(user) : Optional.empty();
  }

  /// Whether a session of a role calls.
  public boolean hasAssumedRole() {
    return principal instanceof Principal.AssumedRole;
  }

  /// The condition keys that every request has.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global
  ///   condition context keys</a>
  public Context context() {
    Context.Builder known =
        Context.builder()
            .put("aws:CurrentTime", origin.time().toString())
            .put("aws:EpochTime", Long.toString(origin.time().getEpochSecond()))
            .put("aws:SourceIp", Optional.of(origin.address()).filter(is -> !is.isEmpty()))
            .put("aws:SecureTransport", Boolean.toString(origin.secure()))
            .put("aws:UserAgent", origin.userAgent())
            .put("aws:Referer", origin.referer())
            .put("aws:RequestedRegion", origin.region())
            .put("aws:ViaAWSService", "false");
    mfaAt.ifPresent(at -> known.put("aws:MultiFactorAuthAge", age(at)));
    Context all = known.build().with(ofCredentials());
    return webIdentity.map(identity -> all.with(identity.claims())).orElse(all);
  }

  /// The condition keys that come with the credentials, whatever is asked, from where and when.
  public Context ofCredentials() {
    Context.Builder known = Context.builder();
    // Whom a provider vouches for has no credentials yet, also after a sign-in: the same is asked
    // about a person on pages and about whoever brings a token.
    Optional<Session> credentials = session.filter(_ -> webIdentity.isEmpty());
    credentials.ifPresent(
        temporary ->
            known
                .put("aws:TokenIssueTime", temporary.issuedAt().toString())
                .put("aws:SourceIdentity", temporary.sourceIdentity()));
    if (credentials.filter(is -> is.kind() == Session.Kind.ROOT).isPresent()) {
      known.put("aws:AssumedRoot", "true");
    }
    if (credentials.isPresent() || mfaAt.isPresent()) {
      // Long-term keys have the key not at all, which is what BoolIfExists is about.
      known.put("aws:MultiFactorAuthPresent", Boolean.toString(mfaAt.isPresent()));
    }
    Context all =
        credentials
            .flatMap(Session::federation)
            .map(from -> known.build().with(from.context()))
            .orElseGet(known::build);
    return membership.map(is -> all.with(is.context("Principal"))).orElse(all);
  }

  private String age(Instant at) {
    return Long.toString(Math.max(0, Duration.between(at, origin.time()).toSeconds()));
  }

  /// The same caller, with a second factor verified just now.
  public Caller withMfa() {
    return new Caller(
        principal, account, accessKeyId, session, Optional.of(origin.time()), origin, membership);
  }
}
