package dev.daypass.broker.sso;

import dev.daypass.broker.signin.SignInFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person answered a device.
///
/// @param signIn in whose name it may go on; null for a refusal
record DeviceAnswer(@Nullable SignInFacts signIn) {
  static DeviceAnswer of(Optional<SignInFacts> signIn) {
    return new DeviceAnswer(signIn.orElse(null));
  }

  Optional<SignInFacts> facts() {
    return Optional.ofNullable(signIn);
  }
}
