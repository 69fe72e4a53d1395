package dev.daypass.broker.logingrants;

import dev.daypass.broker.digests.Base64Url;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.signin.SignInFacts;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refresh tokens, in PostgreSQL: of each only a hash. A token is the grant's id and a secret; it
/// is good once, and leaves another in its place (RFC 9700 §4.14.2).
@Singleton
public final class LoginGrants {
  private static final int SECRET_BYTES = 32;

  private static final String ADD =
      """
      with forgotten as (delete from login_grant where expires_at < $11)
      insert into login_grant (id, user_id, sign_in, signed_in_at, mfa_at, key_mark, client_id, role_arn,
        dpop_thumbprint, token_hash, rotated_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """;

  private static final String ROTATE =
      """
      update login_grant set former_hash = token_hash, token_hash = $3, rotated_at = $4
      where id = $1 and token_hash = $2
      """;

  private static final String RESTORE =
      "update login_grant set token_hash = former_hash where id = $1 and token_hash = $2";

  /// How long a tool may not know that another process of its own was quicker.
  private static final Duration GRACE = Duration.ofSeconds(30);

  /// A token of a tool's.
  public record Token(String id, String secret) {
    /// As the tool has it.
    public Secret value() {
      return Secret.of(id + "." + secret);
    }

    byte[] hash() {
      return Sha256.of(secret);
    }

    @Override
    public String toString() {
      return "Token";
    }

    /// Absent for what is none.
    public static Optional<Token> of(Secret value) {
      String[] parts = value.revealText().split("\\.", -1);
      return parts.length == 2 ? Optional.of(new Token(parts[0], parts[1])) : Optional.empty();
    }
  }

  /// What a token stands for.
  ///
  /// @param roleArn whose sessions it is for; absent for none in particular
  /// @param thumbprint of the key that the tool must prove to have; absent where none is asked for
  public record Grant(
      String id,
      SignInFacts signIn,
      String clientId,
      Optional<String> roleArn,
      Optional<String> thumbprint,
      byte[] tokenHash,
      byte @Nullable [] formerHash,
      Instant rotatedAt) {
    /// Whether it is the one that was given last.
    public boolean current(Token token) {
      return MessageDigest.isEqual(tokenHash, token.hash());
    }

    /// Whether it is that one, or the one before it.
    public boolean recent(Token token) {
      return current(token) || former(token);
    }

    private boolean former(Token token) {
      return formerHash != null && MessageDigest.isEqual(formerHash, token.hash());
    }
  }

  /// What becomes of a token that was used up.
  public enum Reuse {
    /// The tool itself, in another process, used it a moment ago.
    TOO_SOON,
    /// Somebody stole it, or it was stolen from: the sign-in was ended.
    ENDED
  }

  private final Pool database;
  private final SecureRandom random;
  private final Revocations revocations;

  LoginGrants(Pool database, SecureRandom random, Revocations revocations) {
    this.database = database;
    this.random = random;
    this.revocations = revocations;
  }

  private String random() {
    return Base64Url.random(SECRET_BYTES, random);
  }

  /// A first token.
  public Uni<Token> add(
      SignInFacts signIn,
      String clientId,
      Optional<String> roleArn,
      Optional<String> thumbprint,
      Instant now) {
    Token token = new Token(random(), random());
    return database
        .preparedQuery(ADD)
        .execute(
            Tuple.from(
                Arrays.asList(
                    token.id(),
                    signIn.userId(),
                    signIn.signIn(),
                    at(signIn.issuedAt()),
                    signIn.mfaAt() == 0 ? null : at(signIn.mfaAt()),
                    signIn.keyMark(),
                    clientId,
                    roleArn.orElse(null),
                    thumbprint.orElse(null),
                    Buffer.buffer(token.hash()),
                    now.atOffset(ZoneOffset.UTC),
                    at(signIn.expiresAt()))))
        .replaceWith(token);
  }

  private static OffsetDateTime at(long seconds) {
    return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC);
  }

  /// By the id in its token.
  public Uni<Optional<Grant>> find(String id) {
    return database
        .preparedQuery("select * from login_grant where id = $1")
        .execute(Tuple.of(id))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(grant(rows.iterator().next())));
  }

  private static Grant grant(Row row) {
    var former = row.getBuffer("former_hash");
    OffsetDateTime mfaAt = row.getOffsetDateTime("mfa_at");
    return new Grant(
        row.getString("id"),
        new SignInFacts(
            row.getString("user_id"),
            row.getString("sign_in"),
            row.getOffsetDateTime("signed_in_at").toEpochSecond(),
            row.getOffsetDateTime("expires_at").toEpochSecond(),
            mfaAt == null ? 0 : mfaAt.toEpochSecond(),
            row.getString("key_mark")),
        row.getString("client_id"),
        Optional.ofNullable(row.getString("role_arn")),
        Optional.ofNullable(row.getString("dpop_thumbprint")),
        row.getBuffer("token_hash").getBytes(),
        former == null ? null : former.getBytes(),
        row.getOffsetDateTime("rotated_at").toInstant());
  }

  /// Uses a token up; the next one, or nothing where it was used up already. Of many at once one
  /// has it.
  public Uni<Optional<Token>> rotate(Token used, Instant now) {
    Token next = new Token(used.id(), random());
    return database
        .preparedQuery(ROTATE)
        .execute(
            Tuple.of(
                used.id(),
                Buffer.buffer(used.hash()),
                Buffer.buffer(next.hash()),
                now.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.rowCount() == 1 ? Optional.of(next) : Optional.empty());
  }

  /// Makes the token good again that this one took the place of, which nobody was given.
  public Uni<Void> restore(Token next) {
    return database
        .preparedQuery(RESTORE)
        .execute(Tuple.of(next.id(), Buffer.buffer(next.hash())))
        .replaceWithVoid();
  }

  /// What is to be done about a token that is not the current one. Nobody goes on with a sign-in of
  /// which somebody has an old token (RFC 9700 §4.14.2).
  public Uni<Reuse> reused(Grant grant, Token token, Instant now) {
    if (grant.former(token) && grant.rotatedAt().plus(GRACE).isAfter(now)) {
      return Uni.createFrom().item(Reuse.TOO_SOON);
    }
    return revocations
        .end(Revocation.of(grant.signIn().signIn(), now))
        .chain(() -> remove(grant.id()))
        .replaceWith(Reuse.ENDED);
  }

  private Uni<Void> remove(String id) {
    return database
        .preparedQuery("delete from login_grant where id = $1")
        .execute(Tuple.from(List.of(id)))
        .replaceWithVoid();
  }
}
