package dev.daypass.broker.calls;

import dev.daypass.broker.oidcproviders.OidcProviderActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.iam.OidcProviderMessages.AddClientIDToOpenIDConnectProvider;
import dev.daypass.wire.iam.OidcProviderMessages.CreateOpenIDConnectProvider;
import dev.daypass.wire.iam.OidcProviderMessages.DeleteOpenIDConnectProvider;
import dev.daypass.wire.iam.OidcProviderMessages.GetOpenIDConnectProvider;
import dev.daypass.wire.iam.OidcProviderMessages.ListOpenIDConnectProviderTags;
import dev.daypass.wire.iam.OidcProviderMessages.ListOpenIDConnectProviders;
import dev.daypass.wire.iam.OidcProviderMessages.RemoveClientIDFromOpenIDConnectProvider;
import dev.daypass.wire.iam.OidcProviderMessages.TagOpenIDConnectProvider;
import dev.daypass.wire.iam.OidcProviderMessages.UntagOpenIDConnectProvider;
import dev.daypass.wire.iam.OidcProviderMessages.UpdateOpenIDConnectProviderThumbprint;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on OIDC providers.
@Singleton
final class OidcProviderCatalogue implements CatalogueSection {
  private final OidcProviderActions providers;

  OidcProviderCatalogue(OidcProviderActions providers) {
    this.providers = providers;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(
            GetOpenIDConnectProvider.class,
            (c, r) -> providers.target(c, r.openIDConnectProviderArn()),
            providers::get),
        Action.read(
            ListOpenIDConnectProviders.class, (c, _) -> providers.listed(c), providers::list),
        Action.read(
            ListOpenIDConnectProviderTags.class,
            (c, r) -> providers.target(c, r.openIDConnectProviderArn()),
            providers::listTags),
        Action.write(CreateOpenIDConnectProvider.class, providers::created, providers::create),
        Action.write(
            DeleteOpenIDConnectProvider.class,
            (c, r) -> providers.target(c, r.openIDConnectProviderArn()),
            providers::delete),
        Action.write(
            AddClientIDToOpenIDConnectProvider.class,
            (c, r) -> providers.target(c, r.openIDConnectProviderArn()),
            providers::addClientId),
        Action.write(
            RemoveClientIDFromOpenIDConnectProvider.class,
            (c, r) -> providers.target(c, r.openIDConnectProviderArn()),
            providers::removeClientId),
        Action.write(
            UpdateOpenIDConnectProviderThumbprint.class,
            (c, r) -> providers.target(c, r.openIDConnectProviderArn()),
            providers::updateThumbprints),
        Action.write(
            TagOpenIDConnectProvider.class,
            (c, r) ->
                providers
                    .target(c, r.openIDConnectProviderArn())
                    .map(target -> target.with(PostgresTags.context(r.tags()))),
            providers::tag),
        Action.write(
            UntagOpenIDConnectProvider.class,
            (c, r) ->
                providers
                    .target(c, r.openIDConnectProviderArn())
                    .map(target -> target.with(PostgresTags.keysContext(r.tagKeys()))),
            providers::untag));
  }
}
