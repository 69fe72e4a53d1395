package dev.daypass.wire.iam;

import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;

/// What travels between a client and IAM about tokens for services outside, which
/// sts:GetWebIdentityToken issues.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html">Outbound
///   identity federation</a>
public final class OutboundFederationMessages {
  private OutboundFederationMessages() {}

  public record EnableOutboundWebIdentityFederation()
      implements Request<EnableOutboundWebIdentityFederation.Result> {
    /// @param issuerIdentifier the URL that tokens name as their issuer
    public record Result(String issuerIdentifier) {}
  }

  public record DisableOutboundWebIdentityFederation() implements Request<Nothing> {}

  public record GetOutboundWebIdentityFederationInfo()
      implements Request<GetOutboundWebIdentityFederationInfo.Result> {
    public record Result(String issuerIdentifier, boolean jwtVendingEnabled) {}
  }
}
