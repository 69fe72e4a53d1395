package dev.daypass.broker.signin;

import com.nimbusds.jwt.JWTClaimsSet;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// What providers said of those who have signed in without a user, in PostgreSQL until the sign-ins
/// end.
@Singleton
final class FederatedSignIns {
  private static final String ADD =
      """
      with forgotten as (delete from federated_sign_in where expires_at < $5)
      insert into federated_sign_in (id, account_id, upstream, claims, expires_at)
      values ($1, $2, $3, $4, $6)
      """;

  private final Pool database;

  FederatedSignIns(Pool database) {
    this.database = database;
  }

  Uni<Void> add(FederatedSignIn signIn, Instant now, Instant expiresAt) {
    return database
        .preparedQuery(ADD)
        .execute(
            Tuple.of(
                signIn.id(),
                signIn.account(),
                signIn.upstream(),
                signIn.claims().toString(),
                now.atOffset(ZoneOffset.UTC),
                expiresAt.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  /// Absent where it has ended by itself.
  Uni<Optional<FederatedSignIn>> find(String id, Instant now) {
    return database
        .preparedQuery("select * from federated_sign_in where id = $1 and expires_at > $2")
        .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC)))
        .map(FederatedSignIns::first);
  }

  private static Optional<FederatedSignIn> first(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .findFirst()
        .map(FederatedSignIns::signIn);
  }

  private static FederatedSignIn signIn(Row row) {
    return new FederatedSignIn(
        row.getString("id"),
        row.getString("account_id"),
        row.getString("upstream"),
        claims(row.getString("claims")));
  }

  private static JWTClaimsSet claims(String stored) {
    try {
      return JWTClaimsSet.parse(stored);
    } catch (ParseException e) {
      throw new IllegalStateException("stored claims do not parse", e);
    }
  }
}
