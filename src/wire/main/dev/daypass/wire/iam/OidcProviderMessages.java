package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about OIDC providers. Tokens of theirs are traded for
/// sessions by AssumeRoleWithWebIdentity.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html">OIDC
///   providers</a>
public final class OidcProviderMessages {
  private OidcProviderMessages() {}

  public record CreateOpenIDConnectProvider(
      OidcProviderUrl url,
      List<ClientId> clientIDList,
      List<Thumbprint> thumbprintList,
      @AtMost(50) List<Tag> tags)
      implements Request<CreateOpenIDConnectProvider.Result> {
    public record Result(String openIDConnectProviderArn, Optional<List<Tag>> tags) {}
  }

  public record GetOpenIDConnectProvider(OidcProviderArn openIDConnectProviderArn)
      implements Request<GetOpenIDConnectProvider.Result> {
    /// @param url without its scheme, as AWS has it
    public record Result(
        String url,
        List<String> clientIDList,
        List<String> thumbprintList,
        Instant createDate,
        Optional<List<Tag>> tags) {}
  }

  public record ListOpenIDConnectProviders() implements Request<ListOpenIDConnectProviders.Result> {
    public record Result(List<Entry> openIDConnectProviderList) {}

    public record Entry(String arn) {}
  }

  public record DeleteOpenIDConnectProvider(OidcProviderArn openIDConnectProviderArn)
      implements Request<Nothing> {}

  public record AddClientIDToOpenIDConnectProvider(
      OidcProviderArn openIDConnectProviderArn, ClientId clientID) implements Request<Nothing> {}

  public record RemoveClientIDFromOpenIDConnectProvider(
      OidcProviderArn openIDConnectProviderArn, ClientId clientID) implements Request<Nothing> {}

  public record UpdateOpenIDConnectProviderThumbprint(
      OidcProviderArn openIDConnectProviderArn, List<Thumbprint> thumbprintList)
      implements Request<Nothing> {}

  public record TagOpenIDConnectProvider(
      OidcProviderArn openIDConnectProviderArn, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagOpenIDConnectProvider(
      OidcProviderArn openIDConnectProviderArn, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListOpenIDConnectProviderTags(
      OidcProviderArn openIDConnectProviderArn,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<TagPage> {}
}
