package dev.daypass.wire.sigv4;

import dev.daypass.wire.Service;
import java.util.Optional;

/// A service that is signed to, and what it takes.
///
/// @param name its name in scopes: `iam`, `orders`
/// @param region the one region it is in; absent where whatever region a client believes in is
///   right
/// @param unsignedPayload whether it takes signatures that leave out the body, `UNSIGNED-PAYLOAD`
public record SignedService(String name, Optional<String> region, boolean unsignedPayload) {
  /// A service of the broker's: in any region, with bodies signed.
  public static SignedService of(Service service) {
    return global(service.signingName());
  }

  /// A service that is in any region, with bodies signed.
  public static SignedService global(String name) {
    return new SignedService(name, Optional.empty(), false);
  }
}
