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

  /// Every record of a user's deeds.
  static String ofUser(Pool database, String name) {
    return where(database, "user_name = '%s'".formatted(name));
  }

  /// Every record of a user's deeds of this name.
  static String ofUser(Pool database, String name, String event) {
    return where(database, "user_name = '%s' and event_name = '%s'".formatted(name, event));
  }

  /// Every record of this event.
  static String ofEvent(Pool database, String name) {
    return where(database, "event_name = '%s'".formatted(name));
  }

  private static String where(Pool database, String condition) {
    StringBuilder text = new StringBuilder();
    database
        .query("select event_name, record::text as record from audit_event where " + condition)
        .execute()
        .await()
        .indefinitely()
        .forEach(row -> text.append(row.getString("event_name")).append(row.getString("record")));
    return text.toString();
  }
}
