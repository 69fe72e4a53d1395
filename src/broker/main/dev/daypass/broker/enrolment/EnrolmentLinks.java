package dev.daypass.broker.enrolment;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.digests.Base64Url;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Links of 256 random bits, good for an hour and once. Whoever has one becomes the user.
@Singleton
public final class EnrolmentLinks {
  /// Where they lead.
  public static final String PATH = "/enrol";

  private static final Duration LASTS = Duration.ofHours(1);
  private static final int TOKEN_BYTES = 32;

  private final Database database;
  private final PublicUrl url;
  private final SecureRandom random;

  EnrolmentLinks(Database database, PublicUrl url, SecureRandom random) {
    this.database = database;
    this.url = url;
    this.random = random;
  }

  /// A link, and until when it is good.
  public record Link(Secret url, Instant expiresAt) {}

  /// A link for this user, in place of any there was; in the transaction.
  public Uni<Link> issue(String userId, Instant now) {
    String token = Base64Url.random(TOKEN_BYTES, random);
    Link link = new Link(Secret.of(url.origin() + PATH + "?token=" + token), now.plus(LASTS));
    return database
        .put(EnrolmentLinkRow.of(userId, Sha256.of(token), link.expiresAt()))
        .replaceWith(link);
  }

  /// The user whom it is for.
  Uni<Optional<String>> user(Secret token, Instant now) {
    return database
        .find(
            EnrolmentLinkRow.class,
            "from EnrolmentLinkRow where tokenHash = :hash and expiresAt > :now",
            Map.of("hash", Sha256.of(token.revealText()), "now", now))
        .map(found -> found.map(row -> row.userId));
  }

  /// Uses it up, in the transaction: of many at once one does.
  Uni<Boolean> use(Secret token, Instant now) {
    return database
        .change(
            "delete from EnrolmentLinkRow where tokenHash = :hash and expiresAt > :now",
            Map.of("hash", Sha256.of(token.revealText()), "now", now))
        .map(used -> used == 1);
  }
}
