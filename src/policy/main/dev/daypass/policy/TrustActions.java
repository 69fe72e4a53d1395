package dev.daypass.policy;

import java.util.List;
import java.util.Locale;

/// What a trust policy can speak of: assuming the role, and what goes with it.
final class TrustActions {
  private static final List<String> KNOWN =
      List.of(
          "sts:assumerole",
          "sts:assumerolewithsaml",
          "sts:assumerolewithwebidentity",
          "sts:setcontext",
          "sts:setsourceidentity",
          "sts:tagsession");

  private TrustActions() {}

  static void check(String action, Json at) {
    Glob pattern = Glob.of(action.toLowerCase(Locale.ROOT));
    boolean sts = action.toLowerCase(Locale.ROOT).startsWith("sts:");
    if (!sts || KNOWN.stream().noneMatch(pattern::matches)) {
      throw PolicyParser.malformed(
          "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and"
              + " sts:AssumeRoleWithWebIdentity",
          at);
    }
  }
}
