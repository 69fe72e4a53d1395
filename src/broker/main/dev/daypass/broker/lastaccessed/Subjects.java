package dev.daypass.broker.lastaccessed;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.access.Caller;
import dev.daypass.wire.Arn;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Finds users, groups, roles and policies by ARN, and the users and roles behind them.
@Singleton
final class Subjects {
  private static final String AWS = "aws";

  private static final String MEMBERS =
      """
      select 'USER' as kind, account_id, id, path, name from iam_user
      where account_id = $1 and id in (select user_id from group_member where group_id = $2)
      """;

  private static final String ATTACHED =
      """
      with owner as (select owner_id as id from attached_policy where policy_arn = $2)
      select 'USER' as kind, account_id, id, path, name from iam_user
      where account_id = $1 and (id in (select id from owner)
        or id in (select m.user_id from group_member m join owner o on o.id = m.group_id))
      union all
      select 'ROLE', account_id, id, path, name from iam_role
      where account_id = $1 and id in (select id from owner)
      """;

  private final Pool database;

  Subjects(Pool database) {
    this.database = database;
  }

  /// What this exact ARN names within the caller's account; policies that come with Daypass are in
  /// every account. Fails with `InvalidInput` where no such thing can have the ARN.
  Uni<Optional<Subject>> find(Caller caller, String arn) {
    Subject.Kind kind = kind(arn);
    String account = Arn.parse(arn).account();
    boolean within =
        account.equals(caller.account()) || (kind == Subject.Kind.POLICY && account.equals(AWS));
    return within ? read(kind, account, arn) : Uni.createFrom().item(Optional.empty());
  }

  /// The same; `NoSuchEntity` where there is none.
  Uni<Subject> get(Caller caller, String arn) {
    return find(caller, arn)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        NO_SUCH_ENTITY.error(
                            "The entity with ARN %s cannot be found.".formatted(arn))));
  }

  static RuntimeException invalid(String arn) {
    return INVALID_INPUT.error("Invalid Entity Arn: %s".formatted(arn));
  }

  private static Subject.Kind kind(String text) {
    String[] fields = text.split(":", 6);
    boolean iam = text.startsWith("arn:aws:iam::") && fields.length == 6;
    return Arrays.stream(Subject.Kind.values())
        .filter(kind -> iam && fields[5].startsWith(kind.noun() + "/"))
        .findFirst()
        .orElseThrow(() -> invalid(text));
  }

  private Uni<Optional<Subject>> read(Subject.Kind kind, String account, String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return list(
            "select '%s' as kind, account_id, id, path, name from %s where account_id = $1 and lower(name) = $2"
                .formatted(kind, kind.table()),
            account,
            name.toLowerCase(Locale.ROOT))
        .map(found -> found.stream().filter(subject -> subject.arn().equals(arn)).findFirst());
  }

  /// The users and roles of the account whose calls a report is about: the subject itself, the
  /// members of a group, or whoever was given a policy, also by a group.
  Uni<List<Subject>> behind(Subject subject, String account) {
    return switch (subject.kind()) {
      case USER, ROLE -> Uni.createFrom().item(List.of(subject));
      case GROUP -> list(MEMBERS, account, subject.id());
      case POLICY -> list(ATTACHED, account, subject.arn());
    };
  }

  private Uni<List<Subject>> list(String query, String account, String parameter) {
    return database
        .preparedQuery(query)
        .execute(Tuple.of(account, parameter))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(Subjects::subject).toList());
  }

  private static Subject subject(Row row) {
    return new Subject(
        Subject.Kind.valueOf(row.getString("kind")),
        row.getString("account_id"),
        row.getString("id"),
        row.getString("path"),
        row.getString("name"));
  }
}
