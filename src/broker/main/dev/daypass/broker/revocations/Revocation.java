package dev.daypass.broker.revocations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An end before its time.
///
/// @param subject what is ended: the id of a session or a sign-in, the unique id of a user or a
///   role, the ARN of an identity provider, the id of an access key, `AIDA….` for the sign-ins of a
///   user, or `key/…` for what a key of the broker vouched for
/// @param before what was issued until then is dead
/// @param expiresAt when nothing can be alive that it ends
public record Revocation(String subject, Instant before, Instant expiresAt) {
  /// What is ended by its own id stays dead, and so does what came of it on a node that had not
  /// heard yet.
  static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

  /// Longer than any credential lives: what came of a session lasts no longer than another.
  private static final Duration KEPT_FOR = Duration.ofHours(37);

  private static final String KEY = "key/";

  /// Ends a session or a sign-in, and whatever came of it.
  public static Revocation of(String id, Instant now) {
    return new Revocation(id, FOREVER, now.plus(KEPT_FOR));
  }

  /// Ends what a user, a role, an identity provider or an access key was issued until an instant,
  /// and whatever came of that.
  public static Revocation before(String subject, Instant before, Instant now) {
    return new Revocation(subject, before, now.plus(KEPT_FOR));
  }

  /// Ends what a key of the broker vouched for, and whatever came of that.
  public static Revocation ofKeyWithMark(String mark, Instant now) {
    return new Revocation(ofKey(mark), FOREVER, now.plus(KEPT_FOR));
  }

  static String ofKey(String mark) {
    return KEY + mark;
  }

  static String signInsOf(String userId) {
    return userId + ".";
  }

  /// As the database tells it: two times in milliseconds, and the subject.
  static Revocation told(String text) {
    String[] parts = text.split(":", 3);
    return new Revocation(
        parts[2],
        Instant.ofEpochMilli(Long.parseLong(parts[0])),
        Instant.ofEpochMilli(Long.parseLong(parts[1])));
  }

  boolean ends(Instant issuedAt) {
    return !issuedAt.isAfter(before);
  }

  boolean over(Instant now) {
    return now.isAfter(expiresAt);
  }

  /// Both of the same subject.
  Revocation and(Revocation other) {
    return new Revocation(subject, later(before, other.before), later(expiresAt, other.expiresAt));
  }

  /// Whether the other one ends all that this does.
  boolean covered(@Nullable Revocation other) {
    return other != null && !other.before.plusMillis(1).isBefore(before);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
