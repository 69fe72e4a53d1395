package dev.daypass.broker.samlproviders;

import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AssertionEncryptionMode;
import dev.daypass.wire.iam.SamlMetadataDocument;
import dev.daypass.wire.iam.SamlPrivateKey;
import dev.daypass.wire.iam.SamlProviderArn;
import dev.daypass.wire.iam.SamlProviderMessages.CreateSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.DeleteSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.GetSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.ListSAMLProviderTags;
import dev.daypass.wire.iam.SamlProviderMessages.ListSAMLProviders;
import dev.daypass.wire.iam.SamlProviderMessages.TagSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.UntagSAMLProvider;
import dev.daypass.wire.iam.SamlProviderMessages.UpdateSAMLProvider;
import dev.daypass.wire.iam.TagPage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// What callers can do to SAML providers.
///
/// @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html">What AWS
///   says where it refuses</a>
@Singleton
public final class SamlProviderActions {
  private static final int USUAL_YEARS = 100;

  private final PostgresSamlProviders providers;
  private final PrivateKeys keys;
  private final PostgresTags tags;

  SamlProviderActions(PostgresSamlProviders providers, PrivateKeys keys, PostgresTags tags) {
    this.providers = providers;
    this.keys = keys;
    this.tags = tags;
  }

  /// The provider a call is about. The tags of another account's are nobody's business here.
  public Uni<Target> target(Caller caller, SamlProviderArn arn) {
    return arn.value().startsWith(SamlProvider.arn(caller.account(), ""))
        ? tags.of(arn.value()).map(own -> Target.tagged(arn.value(), caller.account(), own))
        : Uni.createFrom().item(Target.of(arn.value(), caller.account()));
  }

  /// Where a provider is to be.
  public Uni<Target> created(Caller caller, CreateSAMLProvider request) {
    String arn = SamlProvider.arn(caller.account(), request.name().value());
    return Uni.createFrom()
        .item(Target.of(arn, caller.account()).with(PostgresTags.context(request.tags())));
  }

  public Uni<Target> listed(Caller caller) {
    return Uni.createFrom().item(Target.of("*", caller.account()));
  }

  public Uni<CreateSAMLProvider.Result> create(Caller caller, CreateSAMLProvider request) {
    Instant now = caller.origin().time();
    SamlProvider provider = provider(caller, request);
    Optional<Secret> key = request.addPrivateKey().map(SamlProviderActions::key);
    if (provider.requiresEncryption() && key.isEmpty()) {
      throw withoutKey();
    }
    return providers
        .all(caller.account())
        .invoke(all -> check(all, provider))
        .chain(() -> providers.add(provider))
        .chain(() -> add(provider, key, now))
        .chain(() -> tags.put(provider.arn(), request.tags()))
        .chain(() -> tags.list(provider.arn()))
        .map(own -> new CreateSAMLProvider.Result(provider.arn(), present(own)));
  }

  private SamlProvider provider(Caller caller, CreateSAMLProvider request) {
    String document = request.samlMetadataDocument().value();
    return new SamlProvider(
        caller.account(),
        request.name().value(),
        keys.newId(),
        document,
        validUntil(document, caller.origin().time()),
        request.assertionEncryptionMode(),
        caller.origin().time());
  }

  private static void check(List<ListSAMLProviders.Entry> all, SamlProvider added) {
    if (all.stream().anyMatch(entry -> entry.arn().equalsIgnoreCase(added.arn()))) {
      throw ENTITY_ALREADY_EXISTS.error(
          "Provider with name %s already exists.".formatted(added.name()));
    }
    Quota.SAML_PROVIDERS.check(all.size() + 1L);
  }

  /// What the metadata says, or a hundred years, as AWS has it.
  private static Instant validUntil(String document, Instant now) {
    try {
      return MetadataReader.read(document)
          .validUntil()
          .orElseGet(() -> now.atOffset(ZoneOffset.UTC).plusYears(USUAL_YEARS).toInstant());
    } catch (MalformedMetadata e) {
      throw INVALID_INPUT.error("Could not parse metadata. " + e.getMessage());
    }
  }

  private static Secret key(SamlPrivateKey given) {
    return DecryptionKey.read(given.value())
        .orElseThrow(() -> INVALID_INPUT.error("Invalid private key."));
  }

  private Uni<Void> add(SamlProvider provider, Optional<Secret> key, Instant now) {
    return key.map(is -> keys.add(provider.arn(), is, now))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static RuntimeException withoutKey() {
    return INVALID_INPUT.error(
        "Unable to set assertion encryption mode to Required because no private key is provided.");
  }

  private static <T> Optional<List<T>> present(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  public Uni<GetSAMLProvider.Result> get(Caller caller, GetSAMLProvider request) {
    return provider(caller, request.samlProviderArn())
        .chain(
            provider ->
                tags.list(provider.arn())
                    .chain(
                        own ->
                            keys.list(provider.arn())
                                .map(
                                    privateKeys ->
                                        new GetSAMLProvider.Result(
                                            provider.uuid(),
                                            provider.document(),
                                            provider.createdAt(),
                                            provider.validUntil(),
                                            present(own),
                                            provider.encryption(),
                                            present(privateKeys)))));
  }

  public Uni<ListSAMLProviders.Result> list(Caller caller, ListSAMLProviders request) {
    return providers.all(caller.account()).map(ListSAMLProviders.Result::new);
  }

  /// What is left out stays as it is.
  public Uni<UpdateSAMLProvider.Result> update(Caller caller, UpdateSAMLProvider request) {
    checkAsked(request);
    Instant now = caller.origin().time();
    Optional<Secret> key = request.addPrivateKey().map(SamlProviderActions::key);
    return provider(caller, request.samlProviderArn())
        .map(provider -> described(provider, request.samlMetadataDocument(), now))
        .map(provider -> encrypting(provider, request.assertionEncryptionMode()))
        .call(providers::update)
        .call(provider -> add(provider, key, now))
        .call(provider -> remove(provider, request))
        .call(provider -> checkKeys(provider, request.removePrivateKey().isPresent()))
        .map(provider -> new UpdateSAMLProvider.Result(provider.arn()));
  }

  private static void checkAsked(UpdateSAMLProvider request) {
    if (request.addPrivateKey().isPresent() && request.removePrivateKey().isPresent()) {
      throw INVALID_INPUT.error(
          "Unable to add and remove private keys in the same request."
              + " Set a value for only one of the two parameters.");
    }
    if (request.samlMetadataDocument().isEmpty()
        && request.assertionEncryptionMode().isEmpty()
        && request.addPrivateKey().isEmpty()
        && request.removePrivateKey().isEmpty()) {
      throw INVALID_INPUT.error(
          "Unable to update identity provider."
              + " No updates are defined for metadata or encryption assertion.");
    }
  }

  private static SamlProvider described(
      SamlProvider provider, Optional<SamlMetadataDocument> document, Instant now) {
    return document
        .map(SamlMetadataDocument::value)
        .map(text -> provider.described(text, validUntil(text, now)))
        .orElse(provider);
  }

  private static SamlProvider encrypting(
      SamlProvider provider, Optional<AssertionEncryptionMode> mode) {
    return mode.map(provider::encrypting).orElse(provider);
  }

  private Uni<Void> remove(SamlProvider provider, UpdateSAMLProvider request) {
    return request
        .removePrivateKey()
        .map(id -> keys.remove(provider.arn(), id.value()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  /// INVARIANT: whoever demands encrypted assertions has a key to decrypt them with.
  private Uni<Void> checkKeys(SamlProvider provider, boolean removed) {
    return keys.list(provider.arn())
        .invoke(
            left -> {
              if (provider.requiresEncryption() && left.isEmpty()) {
                throw removed ? INVALID_INPUT.error("Failed to remove private key.") : withoutKey();
              }
            })
        .replaceWithVoid();
  }

  public Uni<Nothing> delete(Caller caller, DeleteSAMLProvider request) {
    return provider(caller, request.samlProviderArn())
        .call(provider -> tags.removeAll(provider.arn()))
        .chain(provider -> providers.remove(provider.arn()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> tag(Caller caller, TagSAMLProvider request) {
    return provider(caller, request.samlProviderArn())
        .chain(provider -> tags.put(provider.arn(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagSAMLProvider request) {
    return provider(caller, request.samlProviderArn())
        .chain(provider -> tags.remove(provider.arn(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<TagPage> listTags(Caller caller, ListSAMLProviderTags request) {
    return provider(caller, request.samlProviderArn())
        .chain(
            provider ->
                tags.page(provider.arn(), Page.Wanted.of(request.marker(), request.maxItems())));
  }

  private Uni<SamlProvider> provider(Caller caller, SamlProviderArn arn) {
    return providers.get(caller.account(), arn.value());
  }
}
