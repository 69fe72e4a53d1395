package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Named;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about SAML providers.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html">SAML
///   providers</a>
public final class SamlProviderMessages {
  private SamlProviderMessages() {}

  public record CreateSAMLProvider(
      @Named("SAMLMetadataDocument") SamlMetadataDocument samlMetadataDocument,
      SamlProviderName name,
      @AtMost(50) List<Tag> tags,
      Optional<AssertionEncryptionMode> assertionEncryptionMode,
      Optional<SamlPrivateKey> addPrivateKey)
      implements Request<CreateSAMLProvider.Result> {
    public record Result(
        @Named("SAMLProviderArn") String samlProviderArn, Optional<List<Tag>> tags) {}
  }

  public record GetSAMLProvider(@Named("SAMLProviderArn") SamlProviderArn samlProviderArn)
      implements Request<GetSAMLProvider.Result> {
    /// @param samlProviderUuid tells it from any other that ever had its name
    public record Result(
        @Named("SAMLProviderUUID") String samlProviderUuid,
        @Named("SAMLMetadataDocument") String samlMetadataDocument,
        Instant createDate,
        Instant validUntil,
        Optional<List<Tag>> tags,
        Optional<AssertionEncryptionMode> assertionEncryptionMode,
        Optional<List<PrivateKey>> privateKeyList) {}

    /// @param timestamp when it came
    public record PrivateKey(String keyId, Instant timestamp) {}
  }

  public record ListSAMLProviders() implements Request<ListSAMLProviders.Result> {
    public record Result(@Named("SAMLProviderList") List<Entry> samlProviderList) {}

    public record Entry(String arn, Instant validUntil, Instant createDate) {}
  }

  /// What it leaves out stays as it is.
  public record UpdateSAMLProvider(
      @Named("SAMLMetadataDocument") Optional<SamlMetadataDocument> samlMetadataDocument,
      @Named("SAMLProviderArn") SamlProviderArn samlProviderArn,
      Optional<AssertionEncryptionMode> assertionEncryptionMode,
      Optional<SamlPrivateKey> addPrivateKey,
      Optional<SamlPrivateKeyId> removePrivateKey)
      implements Request<UpdateSAMLProvider.Result> {
    public record Result(@Named("SAMLProviderArn") String samlProviderArn) {}
  }

  public record DeleteSAMLProvider(@Named("SAMLProviderArn") SamlProviderArn samlProviderArn)
      implements Request<Nothing> {}

  public record TagSAMLProvider(
      @Named("SAMLProviderArn") SamlProviderArn samlProviderArn, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagSAMLProvider(
      @Named("SAMLProviderArn") SamlProviderArn samlProviderArn, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListSAMLProviderTags(
      @Named("SAMLProviderArn") SamlProviderArn samlProviderArn,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<TagPage> {}
}
