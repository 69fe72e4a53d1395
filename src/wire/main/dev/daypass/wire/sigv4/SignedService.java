package dev.daypass.wire.sigv4;

import dev.daypass.wire.Service;
import java.util.Optional;

/// A service that is signed to, and what it takes.
///
/// @param name its name in scopes: `iam`, `orders`
/// @param region the one region it is in; absent where whatever region a client believes in is
///   right
/// @param unsignedPayload whether it takes signatures that leave out the body, `UNSIGNED-PAYLOAD`
/// @param bodySeen whether the body is at hand; where it is not, the hash that is signed is
///   believed, and somebody else has to compare it
public record SignedService(
    String name, Optional<String> region, boolean unsignedPayload, boolean bodySeen) {
  public SignedService(String name, Optional<String> region, boolean unsignedPayload) {
    this(name, region, unsignedPayload, true);
  }

  /// A service of the broker's: in any region, with bodies signed.
  public static SignedService of(Service service) {
    return global(service.signingName());
  }

  /// A service that is in any region, with bodies signed.
  public static SignedService global(String name) {
    return new SignedService(name, Optional.empty(), false);
  }
}
