package dev.daypass.broker.grants;

import static dev.daypass.wire.ErrorCode.DELETE_CONFLICT;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicyPage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Which managed policies are attached to which user, group or role, by unique id.
@Singleton
public final class Attachments {
  private final Database database;

  Attachments(Database database) {
    this.database = database;
  }

  /// Attaches; again is no change.
  public Uni<Void> attach(String ownerId, String policyArn, Quota quota, Instant now) {
    return arns(ownerId)
        .chain(
            present -> {
              if (present.contains(policyArn)) {
                return Uni.createFrom().voidItem();
              }
              quota.check(present.size() + 1L);
              return database.add(AttachedPolicyRow.of(ownerId, policyArn, now));
            });
  }

  /// Detaches; `NoSuchEntity` where it was not attached.
  public Uni<Void> detach(String ownerId, String policyArn) {
    return database
        .change(
            "delete from AttachedPolicyRow where ownerId = :owner and policyArn = :arn",
            Map.of("owner", ownerId, "arn", policyArn))
        .invoke(
            detached -> {
              if (detached == 0) {
                throw NO_SUCH_ENTITY.error("Policy %s was not found.".formatted(policyArn));
              }
            })
        .replaceWithVoid();
  }

  private Uni<List<String>> arns(String ownerId) {
    return database.list(
        String.class,
        "select policyArn from AttachedPolicyRow where ownerId = :owner",
        Map.of("owner", ownerId),
        Integer.MAX_VALUE);
  }

  /// Fails with `DeleteConflict` where anything is attached.
  public Uni<Void> refuseAttached(String ownerId) {
    return arns(ownerId)
        .invoke(
            attached -> {
              if (!attached.isEmpty()) {
                throw DELETE_CONFLICT.error(
                    "Cannot delete entity, must detach all policies first.");
              }
            })
        .replaceWithVoid();
  }

  public Uni<AttachedPolicyPage> page(String ownerId, String pathPrefix, Page.Wanted wanted) {
    return database
        .list(
            String.class,
            """
            select a.policyArn from AttachedPolicyRow a join ManagedPolicyRow p on p.arn = a.policyArn
            where a.ownerId = :owner and left(p.path, length(:prefix)) = :prefix
            """,
            Map.of("owner", ownerId, "prefix", pathPrefix),
            Integer.MAX_VALUE)
        .map(arns -> Page.cut(arns, wanted, Attachments::position))
        .map(page -> page.map(Attachments::shown))
        .map(page -> new AttachedPolicyPage(page.items(), page.isTruncated(), page.marker()));
  }

  /// What is attached to many owners, by owner.
  public Uni<Map<String, List<AttachedPolicy>>> of(List<String> ownerIds) {
    return database
        .list(
            AttachedPolicyRow.class,
            "from AttachedPolicyRow where ownerId in :owners order by ownerId, policyArn",
            Map.of("owners", ownerIds),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> row.ownerId,
                            Collectors.mapping(row -> shown(row.policyArn), Collectors.toList()))));
  }

  private static AttachedPolicy shown(String arn) {
    return new AttachedPolicy(name(arn), arn);
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /// By what policies are in order: an ARN with a long path would not fit into a marker.
  private static String position(String arn) {
    return name(arn).toLowerCase(Locale.ROOT) + " " + Arn.parse(arn).account();
  }
}
