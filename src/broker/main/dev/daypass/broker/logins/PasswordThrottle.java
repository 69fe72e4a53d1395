package dev.daypass.broker.logins;

import dev.daypass.broker.throttle.Throttle;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// How often passwords may be tried: for one user, and from one place.
@Singleton
public final class PasswordThrottle {
  private static final Throttle.Rate PER_USER = new Throttle.Rate(10, Duration.ofSeconds(90));
  private static final Throttle.Rate PER_SOURCE = new Throttle.Rate(100, Duration.ofSeconds(3));

  private final Throttle throttle;

  PasswordThrottle(Throttle throttle) {
    this.throttle = throttle;
  }

  /// Takes one attempt; fails as [Throttle#take] does.
  ///
  /// @param user the unique id, or what was typed where there is no such user
  public Uni<Void> attempt(String user, String sourceAddress) {
    return attempt(user, sourceAddress, Optional.empty());
  }

  /// The same, from a browser that is known: it has its own attempts, whatever others use up.
  ///
  /// @param browser its id
  public Uni<Void> attempt(String user, String sourceAddress, Optional<String> browser) {
    String subject = browser.map(id -> "password:browser:" + id).orElse("password:user:" + user);
    return throttle
        .take("password:source:" + sourceAddress, PER_SOURCE)
        .chain(() -> throttle.take(subject, PER_USER));
  }
}
