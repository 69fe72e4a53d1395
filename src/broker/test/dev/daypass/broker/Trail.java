package dev.daypass.broker;

import dev.daypass.broker.Wire.Reply;
import io.vertx.mutiny.sqlclient.Pool;

/// The audit trail as it is stored.
final class Trail {
  private Trail() {}

  /// The record of the call that was answered so.
  static String of(Pool database, Reply reply) {
    return database
        .query(
            "select record::text as record from audit_event where record->>'requestID' = '%s'"
                .formatted(reply.text("RequestId")))
        .execute()
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getString("record");
  }
}
