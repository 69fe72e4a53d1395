package dev.daypass.broker.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How people sign in.
@ConfigMapping(prefix = "daypass.sign-in")
public interface SignInConfig {
  /// How long a sign-in lasts, at most 12 hours.
  @WithDefault("8h")
  Duration lifetime();
}
