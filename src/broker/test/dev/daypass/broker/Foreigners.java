package dev.daypass.broker;

import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;

/// Another account, with an administrator who may do everything in it.
final class Foreigners {
  static final String ACCOUNT = "222233334444";

  private Foreigners() {}

  static Key admin(Pool database, Sealer sealer) {
    String user = "AIDA" + UUID.randomUUID().toString().replace("-", "").substring(0, 17);
    String key = AccessKeyId.random(AccessKeyId.LONG_TERM, ACCOUNT, new SecureRandom()).value();
    String secret = "s".repeat(40);
    run(
        database,
        "insert into account values ($1, 'foreign', now()) on conflict do nothing",
        Tuple.of(ACCOUNT));
    run(
        database,
        "insert into iam_user (id, account_id, path, name, created_at) values ($1, $2, '/', $1, now())",
        Tuple.of(user, ACCOUNT));
    run(
        database,
        "insert into attached_policy values ($1, 'arn:aws:iam::aws:policy/AdministratorAccess', now())",
        Tuple.of(user));
    run(
        database,
        "insert into access_key (id, account_id, user_id, active, sealed_secret, created_at) values ($1, $2, $3, true, $4, now())",
        Tuple.of(
            key,
            ACCOUNT,
            user,
            Buffer.buffer(sealer.seal(Secret.of(secret), "access-key/" + key))));
    return new Key(key, secret, Optional.empty());
  }

  private static void run(Pool database, String sql, Tuple parameters) {
    database.preparedQuery(sql).execute(parameters).await().indefinitely();
  }
}
