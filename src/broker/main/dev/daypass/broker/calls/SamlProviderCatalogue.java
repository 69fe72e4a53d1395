package dev.daypass.broker.calls;

import dev.daypass.broker.samlproviders.SamlProviderActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.iam.SamlProviderMessages.CreateSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.DeleteSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.GetSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.ListSAMLProviderTags;
import dev.daypass.wire.iam.SamlProviderMessages.ListSAMLProviders;
import dev.daypass.wire.iam.SamlProviderMessages.TagSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.UntagSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.UpdateSAMLProvider;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on SAML providers.
@Singleton
final class SamlProviderCatalogue implements CatalogueSection {
  private final SamlProviderActions providers;

  SamlProviderCatalogue(SamlProviderActions providers) {
    this.providers = providers;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(
            GetSAMLProvider.class,
            (c, r) -> providers.target(c, r.samlProviderArn()),
            providers::get),
        Action.read(ListSAMLProviders.class, (c, _) -> providers.listed(c), providers::list),
        Action.read(
            ListSAMLProviderTags.class,
            (c, r) -> providers.target(c, r.samlProviderArn()),
            providers::listTags),
        Action.write(CreateSAMLProvider.class, providers::created, providers::create),
        Action.write(
            UpdateSAMLProvider.class,
            (c, r) -> providers.target(c, r.samlProviderArn()),
            providers::update),
        Action.write(
            DeleteSAMLProvider.class,
            (c, r) -> providers.target(c, r.samlProviderArn()),
            providers::delete),
        Action.write(
            TagSAMLProvider.class,
            (c, r) ->
                providers
                    .target(c, r.samlProviderArn())
                    .map(target -> target.with(PostgresTags.context(r.tags()))),
            providers::tag),
        Action.write(
            UntagSAMLProvider.class,
            (c, r) ->
                providers
                    .target(c, r.samlProviderArn())
                    .map(target -> target.with(PostgresTags.keysContext(r.tagKeys()))),
            providers::untag));
  }
}
