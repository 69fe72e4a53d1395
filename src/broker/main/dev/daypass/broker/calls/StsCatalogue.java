package dev.daypass.broker.calls;

import dev.daypass.broker.access.Target;
import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.broker.calls.Action.Proof;
import dev.daypass.broker.outboundfederation.WebIdentityTokenActions;
import dev.daypass.broker.saml.SamlIdentities;
import dev.daypass.broker.sessions.AuthorizationMessages;
import dev.daypass.broker.sessions.DelegatedAccessActions;
import dev.daypass.broker.sessions.FederationActions;
import dev.daypass.broker.sessions.RootActions;
import dev.daypass.broker.sessions.SamlActions;
import dev.daypass.broker.sessions.SessionActions;
import dev.daypass.broker.sessions.WebIdentityActions;
import dev.daypass.broker.webidentity.WebIdentities;
import dev.daypass.wire.Service;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.AssumeRoleWithSAML;
import dev.daypass.wire.sts.AssumeRoleWithWebIdentity;
import dev.daypass.wire.sts.AssumeRoot;
import dev.daypass.wire.sts.GetDelegatedAccessToken;
import dev.daypass.wire.sts.GetFederationToken;
import dev.daypass.wire.sts.GetWebIdentityToken;
import dev.daypass.wire.sts.TokenMessages.DecodeAuthorizationMessage;
import dev.daypass.wire.sts.TokenMessages.GetAccessKeyInfo;
import dev.daypass.wire.sts.TokenMessages.GetCallerIdentity;
import dev.daypass.wire.sts.TokenMessages.GetSessionToken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of STS.
@Singleton
final class StsCatalogue implements CatalogueSection {
  private final SessionActions sessions;
  private final RootActions roots;
  private final WebIdentityActions webIdentities;
  private final FederationActions federations;
  private final DelegatedAccessActions delegated;
  private final WebIdentityTokenActions webIdentityTokens;
  private final WebIdentities identities;
  private final SamlActions saml;
  private final SamlIdentities samlIdentities;
  private final AuthorizationMessages messages;

  StsCatalogue(
      SessionActions sessions,
      RootActions roots,
      WebIdentityActions webIdentities,
      FederationActions federations,
      DelegatedAccessActions delegated,
      WebIdentityTokenActions webIdentityTokens,
      WebIdentities identities,
      SamlActions saml,
      SamlIdentities samlIdentities,
      AuthorizationMessages messages) {
    this.sessions = sessions;
    this.roots = roots;
    this.webIdentities = webIdentities;
    this.federations = federations;
    this.delegated = delegated;
    this.webIdentityTokens = webIdentityTokens;
    this.identities = identities;
    this.saml = saml;
    this.samlIdentities = samlIdentities;
    this.messages = messages;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        // The trust policy decides together with the caller's own.
        new Action<>(
            Service.STS, AssumeRole.class, false, new Permission.Handler<>(), sessions::assumeRole),
        // It looks at the organization first, and whose the root is.
        new Action<>(
            Service.STS, AssumeRoot.class, false, new Permission.Handler<>(), roots::assumeRoot),
        // The trust policy decides alone: an identity provider's word is no identity of ours.
        new Action<>(
            Service.STS,
            AssumeRoleWithWebIdentity.class,
            false,
            new Proof.ByRequest<>(identities::prove),
            new Permission.Handler<>(),
            webIdentities::assumeRole),
        new Action<>(
            Service.STS,
            AssumeRoleWithSAML.class,
            false,
            new Proof.ByRequest<>(samlIdentities::prove),
            new Permission.Handler<>(),
            saml::assumeRole),
        // AWS: no permission is needed, and none can be taken away.
        new Action<>(
            Service.STS,
            GetCallerIdentity.class,
            false,
            new Permission.Nobody<>(),
            sessions::getCallerIdentity),
        new Action<>(
            Service.STS,
            GetSessionToken.class,
            false,
            new Permission.Nobody<>(),
            sessions::getSessionToken),
        // The handler asks about what is tagged, too.
        new Action<>(
            Service.STS,
            GetFederationToken.class,
            false,
            new Permission.Handler<>(),
            federations::get),
        // The handler asks about what is tagged, too.
        new Action<>(
            Service.STS,
            GetWebIdentityToken.class,
            false,
            new Permission.Handler<>(),
            webIdentityTokens::get),
        new Action<>(
            Service.STS, GetDelegatedAccessToken.class, false, onEverything(), delegated::trade),
        new Action<>(
            Service.STS, GetAccessKeyInfo.class, false, onEverything(), sessions::getAccessKeyInfo),
        new Action<>(
            Service.STS,
            DecodeAuthorizationMessage.class,
            false,
            onEverything(),
            messages::decode));
  }

  private static <I> Permission<I> onEverything() {
    return new Permission.Policies<>(
        (caller, _) -> Uni.createFrom().item(Target.of("*", caller.account())));
  }
}
