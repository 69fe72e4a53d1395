package dev.daypass.broker.webidentity;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.OidcFederation;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.oidcproviders.IssuerUrl;
import dev.daypass.broker.oidcproviders.OidcProvider;
import dev.daypass.broker.oidcproviders.PostgresOidcProviders;
import dev.daypass.broker.outboundfederation.PostgresOutboundFederation;
import dev.daypass.broker.throttle.Failures;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.sts.AssumeRoleWithWebIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Proves who calls by the token of an identity provider.
///
/// What costs nothing comes first: the token must be well-formed, of an issuer that the role's
/// account knows, meant for an audience of that provider, and alive. Only then, and only where the
/// role exists, the issuer may be asked for its keys. A role that does not exist is answered from
/// the keys in memory, so that nobody learns of roles by the difference.
@Singleton
public final class WebIdentities {
  private final PostgresOidcProviders providers;
  private final Identities identities;
  private final Issuers issuers;
  private final TokenSignatures signatures;
  private final Failures failures;
  private final PostgresOutboundFederation own;

  WebIdentities(
      PostgresOidcProviders providers,
      Identities identities,
      Issuers issuers,
      TokenSignatures signatures,
      Failures failures,
      PostgresOutboundFederation own) {
    this.providers = providers;
    this.identities = identities;
    this.issuers = issuers;
    this.signatures = signatures;
    this.failures = failures;
    this.own = own;
  }

  /// The caller behind the request's token; fails in AWS's words where it is not proven.
  public Uni<Caller> prove(Origin origin, AssumeRoleWithWebIdentity request) {
    failures.check(origin.address());
    return Uni.createFrom()
        .deferred(() -> proven(origin, request))
        .onFailure(ApiError.class)
        .invoke(() -> failures.count(origin.address()));
  }

  private Uni<Caller> proven(Origin origin, AssumeRoleWithWebIdentity request) {
    String role = request.roleArn().value();
    if (!request.roleArn().wellFormed()) {
      throw VALIDATION_ERROR.error(role + " is invalid");
    }
    if (request.providerId().isPresent()) {
      throw VALIDATION_ERROR.error(
          "ProviderId is for OAuth 2.0 access tokens, which are not supported; leave it out for"
              + " OpenID Connect tokens");
    }
    WebToken token = WebToken.read(request.webIdentityToken().value());
    IdentityClaims claims = token.claims();
    String account = request.roleArn().account();
    return provider(account, claims.issuer())
        .invoke(() -> claims.checkTime(origin.time()))
        .map(provider -> federation(provider, claims))
        .call(_ -> identities.role(role).chain(found -> verify(token, found.isPresent())))
        .map(federation -> Caller.federated(account, identity(claims, federation), origin));
  }

  /// Who calls by claims that were proven when somebody signed in, as the account is now. It fails
  /// as for a token where the account has no such provider any more, or the provider does not list
  /// the audience.
  public Uni<Caller> vouchedFor(Origin origin, String account, JWTClaimsSet proven) {
    IdentityClaims claims = new IdentityClaims(proven);
    return Uni.createFrom()
        .deferred(() -> provider(account, claims.issuer()))
        .map(provider -> federation(provider, claims))
        .map(federation -> Caller.federated(account, identity(claims, federation), origin));
  }

  private WebIdentity identity(IdentityClaims claims, OidcFederation federation) {
    return Claims.identity(claims.all(), federation, issuers.claims(claims.issuer()));
  }

  private Uni<OidcProvider> provider(String account, String issuer) {
    if (own.issues(issuer)) {
      // As in AWS. A session had with it would not be known to come of the one that asked for it.
      throw INVALID_IDENTITY_TOKEN.error(
          "Tokens of GetWebIdentityToken are for services outside, and not for web identity"
              + " federation.");
    }
    String url = IssuerUrl.withoutScheme(issuer).orElseThrow(() -> unknown(issuer));
    return providers
        .find(OidcProvider.arn(account, url))
        .map(found -> found.orElseThrow(() -> unknown(issuer)));
  }

  private static RuntimeException unknown(String issuer) {
    String shown = issuer.length() > 255 ? issuer.substring(0, 255) : issuer;
    return INVALID_IDENTITY_TOKEN.error(
        "No OpenIDConnect provider found in your account for " + shown);
  }

  private static OidcFederation federation(OidcProvider provider, IdentityClaims claims) {
    return new OidcFederation(
        provider.arn(),
        claims.subject(),
        claims.audience(provider.clientIds()),
        Claims.methods(claims.all()));
  }

  private Uni<Void> verify(WebToken token, boolean mayAsk) {
    return mayAsk ? signatures.verify(token) : signatures.verifyFromMemory(token);
  }
}
