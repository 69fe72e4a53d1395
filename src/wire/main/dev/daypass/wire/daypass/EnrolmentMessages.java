package dev.daypass.wire.daypass;

import dev.daypass.wire.Request;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.UserName;
import java.time.Instant;

/// What travels about how people get in first. AWS has no such action: its administrators choose a
/// first password, and tell it.
public final class EnrolmentMessages {
  private EnrolmentMessages() {}

  /// Makes a link by which a user chooses a password and connects an app, in place of any there
  /// was. Whoever has the link becomes the user.
  public record CreateEnrolmentLink(UserName userName)
      implements Request<CreateEnrolmentLink.Result> {
    public record Result(Secret link, Instant expiresAt) {}
  }
}
