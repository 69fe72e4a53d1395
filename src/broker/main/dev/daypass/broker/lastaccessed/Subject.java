package dev.daypass.broker.lastaccessed;

import dev.daypass.wire.Arn;

/// Who or what a report is about.
///
/// @param account whose it is: `aws` for the policies that come with Daypass
record Subject(Kind kind, String account, String id, String path, String name) {
  /// What it is.
  enum Kind {
    USER("user", "iam_user"),
    GROUP("group", "iam_group"),
    ROLE("role", "iam_role"),
    POLICY("policy", "managed_policy");

    private final String noun;
    private final String table;

    Kind(String noun, String table) {
      this.noun = noun;
      this.table = table;
    }

    /// As ARNs begin their last field.
    String noun() {
      return noun;
    }

    String table() {
      return table;
    }
  }

  String arn() {
    return Arn.iam(account, kind.noun() + path + name).toString();
  }
}
