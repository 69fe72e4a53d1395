package dev.daypass.broker.oidcproviders;

import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.ClientId;
import dev.daypass.wire.iam.OidcProviderArn;
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
import dev.daypass.wire.iam.OidcProviderUrl;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagPage;
import dev.daypass.wire.iam.Thumbprint;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What callers can do to OIDC providers. Nothing is fetched from an issuer here: AWS does so only
/// to find a thumbprint that was left out, and no trust rests on thumbprints here. So a provider
/// can be made before its issuer can be reached, and nobody can make the broker call an address by
/// making one.
@Singleton
public final class OidcProviderActions {
  private static final int MOST_THUMBPRINTS = 5;

  private final PostgresOidcProviders providers;
  private final PostgresTags tags;

  OidcProviderActions(PostgresOidcProviders providers, PostgresTags tags) {
    this.providers = providers;
    this.tags = tags;
  }

  /// The provider a call is about.
  public Uni<Target> target(Caller caller, OidcProviderArn arn) {
    return tags.of(arn.value()).map(own -> Target.tagged(arn.value(), caller.account(), own));
  }

  /// Where a provider is to be.
  public Uni<Target> created(Caller caller, CreateOpenIDConnectProvider request) {
    String arn = OidcProvider.arn(caller.account(), url(request.url()));
    return Uni.createFrom()
        .item(Target.of(arn, caller.account()).with(PostgresTags.context(request.tags())));
  }

  public Uni<Target> listed(Caller caller) {
    return Uni.createFrom().item(Target.of("*", caller.account()));
  }

  private static String url(OidcProviderUrl url) {
    return IssuerUrl.withoutScheme(url.value())
        .orElseThrow(() -> VALIDATION_ERROR.error("Invalid Open ID Connect Provider URL"));
  }

  public Uni<CreateOpenIDConnectProvider.Result> create(
      Caller caller, CreateOpenIDConnectProvider request) {
    OidcProvider provider =
        new OidcProvider(
            caller.account(),
            url(request.url()),
            clientIds(request.clientIDList()),
            thumbprints(request.thumbprintList()),
            caller.origin().time());
    return providers
        .all(caller.account())
        .invoke(all -> check(all, provider))
        .chain(() -> providers.add(provider))
        .chain(() -> tags.put(provider.arn(), request.tags()))
        .map(_ -> new CreateOpenIDConnectProvider.Result(provider.arn(), present(request.tags())));
  }

  private static void check(List<OidcProvider> all, OidcProvider added) {
    if (all.stream().anyMatch(provider -> provider.url().equals(added.url()))) {
      throw ENTITY_ALREADY_EXISTS.error(
          "Provider with url %s already exists.".formatted(added.issuer()));
    }
    Quota.OIDC_PROVIDERS.check(all.size() + 1L);
  }

  private static List<String> clientIds(List<ClientId> given) {
    List<String> ids = given.stream().map(ClientId::value).distinct().toList();
    Quota.CLIENT_IDS.check(ids.size());
    return ids;
  }

  private static List<String> thumbprints(List<Thumbprint> given) {
    if (given.size() > MOST_THUMBPRINTS) {
      throw INVALID_INPUT.error("Thumbprint list must contain fewer than 5 entries.");
    }
    return given.stream().map(Thumbprint::value).toList();
  }

  private static Optional<List<Tag>> present(List<Tag> own) {
    return own.isEmpty() ? Optional.empty() : Optional.of(own);
  }

  public Uni<GetOpenIDConnectProvider.Result> get(Caller caller, GetOpenIDConnectProvider request) {
    return providers
        .get(caller.account(), request.openIDConnectProviderArn().value())
        .chain(
            provider ->
                tags.list(provider.arn())
                    .map(
                        own ->
                            new GetOpenIDConnectProvider.Result(
                                provider.url(),
                                provider.clientIds(),
                                provider.thumbprints(),
                                provider.createdAt(),
                                present(own))));
  }

  public Uni<ListOpenIDConnectProviders.Result> list(
      Caller caller, ListOpenIDConnectProviders request) {
    return providers
        .all(caller.account())
        .map(
            all ->
                all.stream()
                    .map(provider -> new ListOpenIDConnectProviders.Entry(provider.arn()))
                    .toList())
        .map(ListOpenIDConnectProviders.Result::new);
  }

  /// AWS: no error where there is none.
  public Uni<Nothing> delete(Caller caller, DeleteOpenIDConnectProvider request) {
    String arn = request.openIDConnectProviderArn().value();
    return providers
        .stored(caller.account(), arn)
        .chain(found -> found.isPresent() ? remove(arn) : Uni.createFrom().voidItem())
        .replaceWith(NOTHING);
  }

  private Uni<Void> remove(String arn) {
    return tags.removeAll(arn).chain(() -> providers.remove(arn));
  }

  /// AWS: no error where it is there already.
  public Uni<Nothing> addClientId(Caller caller, AddClientIDToOpenIDConnectProvider request) {
    String added = request.clientID().value();
    return change(
        caller,
        request.openIDConnectProviderArn(),
        provider -> {
          List<String> ids = new ArrayList<>(provider.clientIds());
          if (!ids.contains(added)) {
            ids.add(added);
          }
          Quota.CLIENT_IDS.check(ids.size());
          return provider.meantFor(ids);
        });
  }

  /// AWS: no error where it is not there.
  public Uni<Nothing> removeClientId(
      Caller caller, RemoveClientIDFromOpenIDConnectProvider request) {
    String removed = request.clientID().value();
    return change(
        caller,
        request.openIDConnectProviderArn(),
        provider ->
            provider.meantFor(
                provider.clientIds().stream().filter(id -> !id.equals(removed)).toList()));
  }

  public Uni<Nothing> updateThumbprints(
      Caller caller, UpdateOpenIDConnectProviderThumbprint request) {
    List<String> replaced = thumbprints(request.thumbprintList());
    return change(
        caller, request.openIDConnectProviderArn(), provider -> provider.thumbprinted(replaced));
  }

  private Uni<Nothing> change(
      Caller caller, OidcProviderArn arn, UnaryOperator<OidcProvider> changed) {
    return providers
        .get(caller.account(), arn.value())
        .map(changed)
        .chain(providers::update)
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> tag(Caller caller, TagOpenIDConnectProvider request) {
    return providers
        .get(caller.account(), request.openIDConnectProviderArn().value())
        .chain(provider -> tags.put(provider.arn(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagOpenIDConnectProvider request) {
    return providers
        .get(caller.account(), request.openIDConnectProviderArn().value())
        .chain(provider -> tags.remove(provider.arn(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<TagPage> listTags(Caller caller, ListOpenIDConnectProviderTags request) {
    return providers
        .get(caller.account(), request.openIDConnectProviderArn().value())
        .chain(
            provider ->
                tags.page(provider.arn(), Page.Wanted.of(request.marker(), request.maxItems())));
  }
}
