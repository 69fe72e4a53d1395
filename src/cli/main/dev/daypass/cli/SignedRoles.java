package dev.daypass.cli;

import dev.daypass.client.SignIn;
import java.util.List;

/// Roles of whoever signed in.
interface SignedRoles {
  /// The ARNs of roles that are named, by name or ARN; [Stop] where one is not theirs, or nobody
  /// has signed in.
  List<String> arns(List<String> named);

  /// What their sessions are called: as they are.
  String userName();

  /// Those of the sign-in there is.
  static SignedRoles of(Here here) {
    return new SignedRoles() {
      @Override
      public List<String> arns(List<String> named) {
        SignIn signIn = here.signIn();
        return named.stream()
            .map(role -> RoleOptions.arn(Here.broker(signIn), signIn, role))
            .toList();
      }

      @Override
      public String userName() {
        return here.signIn().userName();
      }
    };
  }
}
