package dev.daypass.broker.grants;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.policy.Context;
import dev.daypass.wire.Arn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/// The managed policies that bound users and roles.
@Singleton
public final class Boundaries {
  private static final String AWS = "aws";

  private final Database database;

  Boundaries(Database database) {
    this.database = database;
  }

  /// The condition key of calls that concern an entity with a boundary.
  public static Context context(Optional<String> boundary) {
    return Context.builder().put("iam:PermissionsBoundary", boundary).build();
  }

  /// Fails with `NoSuchEntity` unless the policy is there for this account to use.
  public Uni<Void> check(String account, Optional<String> boundary) {
    return boundary
        .map(arn -> checkUsable(account, arn))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  /// Fails with `NoSuchEntity` unless a managed policy of this ARN is there for this account to
  /// use.
  public Uni<Void> checkUsable(String account, String policyArn) {
    String owner = Arn.parse(policyArn).account();
    return database
        .count("select count(*) from ManagedPolicyRow where arn = :arn", Map.of("arn", policyArn))
        .invoke(
            found -> {
              if (found == 0 || !(owner.equals(account) || owner.equals(AWS))) {
                throw NO_SUCH_ENTITY.error(
                    "Policy %s does not exist or is not attachable.".formatted(policyArn));
              }
            })
        .replaceWithVoid();
  }
}
