package dev.daypass.broker.delegation;

import dev.daypass.broker.access.Caller;
import dev.daypass.policy.Principal;

/// Who asks.
///
/// @param id the unique id of the user or role; sessions of one role are one requestor
public record Requestor(String account, String id, String arn) {
  private static final int LONGEST_NAME = 30;

  static Requestor of(Caller caller) {
    return new Requestor(caller.account(), idOf(caller), caller.arn());
  }

  /// As it is told to whoever decides: the last part of its ARN, 30 characters at most.
  String name() {
    String last = arn.substring(arn.lastIndexOf('/') + 1);
    return last.substring(0, Math.min(last.length(), LONGEST_NAME));
  }

  /// Whether the caller is the one who asked.
  public boolean is(Caller caller) {
    return caller.account().equals(account) && idOf(caller).equals(id);
  }

  private static String idOf(Caller caller) {
    return switch (caller.principal()) {
      case Principal.AssumedRole role -> role.roleId();
      default -> caller.userId();
    };
  }
}
