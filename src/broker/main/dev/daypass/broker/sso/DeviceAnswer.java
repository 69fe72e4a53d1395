package dev.daypass.broker.sso;

import dev.daypass.broker.signin.SignInFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person answered a device.
///
/// @param signIn in whose name it may go on; null for a refusal
/// @param everything whether the person was asked for all that they can do, rather than for roles
record DeviceAnswer(@Nullable SignInFacts signIn, boolean everything) {
  static DeviceAnswer of(Optional<SignInFacts> signIn, boolean everything) {
    return new DeviceAnswer(signIn.orElse(null), everything);
  }

  Optional<SignInFacts> facts() {
    return Optional.ofNullable(signIn);
  }
}
