package dev.daypass.broker.oidcproviders;

import dev.daypass.wire.Arn;
import java.time.Instant;
import java.util.List;

/// An issuer of tokens that an account knows.
///
/// @param url the issuer without its scheme, which is always `https`
/// @param clientIds the audiences its tokens may be meant for
/// @param thumbprints kept and shown as AWS does; trust in the issuer's certificate rests on
///   certificate authorities alone, and never on a SHA-1 hash
public record OidcProvider(
    String account,
    String url,
    List<String> clientIds,
    List<String> thumbprints,
    Instant createdAt) {
  public OidcProvider {
    clientIds = List.copyOf(clientIds);
    thumbprints = List.copyOf(thumbprints);
  }

  /// The ARN of an account's provider for an issuer, whether or not there is one.
  public static String arn(String account, String url) {
    return Arn.iam(account, "oidc-provider/" + url).toString();
  }

  public String arn() {
    return arn(account, url);
  }

  /// The issuer, exactly as its tokens must name it.
  public String issuer() {
    return "https://" + url;
  }

  OidcProvider meantFor(List<String> newClientIds) {
    return new OidcProvider(account, url, newClientIds, thumbprints, createdAt);
  }

  OidcProvider thumbprinted(List<String> newThumbprints) {
    return new OidcProvider(account, url, clientIds, newThumbprints, createdAt);
  }
}
