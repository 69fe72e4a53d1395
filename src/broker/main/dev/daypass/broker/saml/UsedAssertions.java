package dev.daypass.broker.saml;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import dev.daypass.broker.access.SamlSession;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;

/// The assertions that were traded for a session, kept in PostgreSQL for as long as they would
/// count: none is used twice, on whichever node (SAML V2.0 Profiles §4.1.4.5).
@Singleton
public final class UsedAssertions {
  private static final String USE =
      """
      with forgotten as (delete from used_assertion where good_until < $4)
      insert into used_assertion (provider_arn, id_hash, good_until) values ($1, $2, $3)
      on conflict do nothing returning 1
      """;

  private final Pool database;

  UsedAssertions(Pool database) {
    this.database = database;
  }

  /// Uses it up; `InvalidIdentityToken` where it was before. Of many at once one succeeds.
  public Uni<Void> use(String providerArn, SamlSession session, Instant now) {
    return database
        .preparedQuery(USE)
        .execute(
            Tuple.of(
                providerArn,
                io.vertx.core.buffer.Buffer.buffer(hash(session.assertionId())),
                session.goodUntil().plus(AssertionReader.SKEW).atOffset(ZoneOffset.UTC),
                now.minus(AssertionReader.REDEEMED_WITHIN).atOffset(ZoneOffset.UTC)))
        .invoke(
            rows -> {
              if (rows.size() != 1) {
                throw INVALID_IDENTITY_TOKEN.error("The assertion was used before.");
              }
            })
        .replaceWithVoid();
  }

  private static byte[] hash(String id) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
