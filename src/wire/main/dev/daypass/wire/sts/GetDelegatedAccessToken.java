package dev.daypass.wire.sts;

import dev.daypass.wire.Request;
import java.util.Optional;

/// Trades a request for delegation that was granted for credentials of whoever granted it, within
/// what was asked for.
public record GetDelegatedAccessToken(TradeInToken tradeInToken)
    implements Request<GetDelegatedAccessToken.Result> {

  public record Result(
      Credentials credentials, Optional<Integer> packedPolicySize, String assumedPrincipal) {}
}
