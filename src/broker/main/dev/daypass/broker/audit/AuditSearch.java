package dev.daypass.broker.audit;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A question as SQL. Only what is asked for is in it: a condition that holds for everything would
/// hide from PostgreSQL which index answers the question.
///
/// @param conditions what comes after `where`, with the order and the limit
record AuditSearch(String conditions, Tuple parameters) {
  static AuditSearch of(AuditQuery query) {
    Builder search = new Builder();
    search.add("account_id = $%d", query.account());
    search.add("time >= $%d", PostgresAudit.utc(query.from()));
    search.add("time < $%d", PostgresAudit.utc(query.to()));
    search.addIfAny("user_name = $%d", query.userName());
    search.addIfAny("event_name = $%d", query.eventName());
    search.addIfAny("access_key_id = $%d", query.accessKeyId());
    search.addIfAny("record->>'requestID' = $%d", query.requestId());
    query
        .after()
        .ifPresent(
            position ->
                search.add(
                    "(time, id) < ($%d, $%d)", PostgresAudit.utc(position.time()), position.id()));
    return search.build(query.most());
  }

  private static final class Builder {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    void add(String condition, Object... values) {
      Object[] numbers = new Object[values.length];
      for (int i = 0; i < values.length; i++) {
        parameters.add(values[i]);
        numbers[i] = parameters.size();
      }
      conditions.add(condition.formatted(numbers));
    }

    void addIfAny(String condition, Optional<String> value) {
      value.ifPresent(is -> add(condition, is));
    }

    AuditSearch build(int most) {
      parameters.add(most);
      return new AuditSearch(
          "%s order by time desc, id desc limit $%d"
              .formatted(String.join(" and ", conditions), parameters.size()),
          Tuple.from(parameters));
    }
  }
}
