package dev.daypass.cli;

import dev.daypass.client.Credentials;
import dev.daypass.client.Profile.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Calls a person once for each thing that is about to end.
final class Ending {
  private static final Duration SOON = Duration.ofMinutes(5);

  private final Notification notification;
  private final Set<String> told = new HashSet<>();

  Ending(Notification notification) {
    this.notification = notification;
  }

  void look(Optional<Remembered> signIn, List<Credentials> roles, Instant now) {
    signIn.ifPresent(is -> look("your sign-in", is.expiresAt(), now));
    roles.forEach(role -> look(StatusCommand.role(role.arn()), role.expiration(), now));
  }

  /// What is renewed ends at another time, and is told again then.
  private void look(String what, Instant end, Instant now) {
    if (now.plus(SOON).isAfter(end) && told.add(what + end)) {
      notification.send("%s: %s.".formatted(what, StatusCommand.left(end, now)));
    }
  }
}
