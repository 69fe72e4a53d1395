package dev.daypass.broker.webidentity;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.OidcFederation;
import dev.daypass.broker.access.Origin;
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
    if (own.issues(token.issuer())) {
      // As in AWS. A session had with it would not be known to come of the one that asked for it.
      throw INVALID_IDENTITY_TOKEN.error(
          "Tokens of GetWebIdentityToken are for services outside, and not for web identity"
              + " federation.");
    }
    String account = request.roleArn().account();
    return provider(account, token.issuer())
        .map(provider -> federation(provider, token, origin))
        .call(_ -> identities.role(role).chain(found -> verify(token, found.isPresent())))
        .map(
            federation ->
                Claims.identity(token.claims(), federation, issuers.claims(token.issuer())))
        .map(identity -> Caller.federated(account, identity, origin));
  }

  private Uni<OidcProvider> provider(String account, String issuer) {
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

  private static OidcFederation federation(OidcProvider provider, WebToken token, Origin origin) {
    token.checkTime(origin.time());
    return new OidcFederation(
        provider.arn(),
        token.subject(),
        token.audience(provider.clientIds()),
        Claims.methods(token.claims()));
  }

  private Uni<Void> verify(WebToken token, boolean mayAsk) {
    return mayAsk ? signatures.verify(token) : signatures.verifyFromMemory(token);
  }
}
