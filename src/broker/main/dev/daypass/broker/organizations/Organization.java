package dev.daypass.broker.organizations;

import dev.daypass.wire.Arn;
import java.time.Instant;
import java.util.Locale;

/// Accounts that belong together, under one that manages them.
///
/// @param id `o-…`
/// @param rootCredentials whether the credentials of the members' roots are managed centrally
/// @param rootSessions whether the management account may act as the members' roots
record Organization(
    String id,
    String managementAccount,
    boolean rootCredentials,
    boolean rootSessions,
    Instant createdAt) {

  String arn() {
    return arn(managementAccount, "organization/" + id);
  }

  String accountArn(String account) {
    return arn(managementAccount, "account/" + id + "/" + account);
  }

  /// The ARN of a root or of an organizational unit.
  String unitArn(String unit) {
    return arn(managementAccount, (Unit.isRoot(unit) ? "root/" : "ou/") + id + "/" + unit);
  }

  String policyArn(ControlPolicy policy) {
    String type = policy.type().name().toLowerCase(Locale.ROOT);
    return policy.ofAws()
        ? arn("aws", "policy/%s/%s".formatted(type, policy.id()))
        : arn(managementAccount, "policy/%s/%s/%s".formatted(id, type, policy.id()));
  }

  private static String arn(String account, String resource) {
    return new Arn("aws", "organizations", "", account, resource).toString();
  }

  Organization withRootAccess(boolean credentials, boolean sessions) {
    return new Organization(id, managementAccount, credentials, sessions, createdAt);
  }
}
