package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Request;
import java.util.Optional;

/// A short session as the root of a member account, for one task.
public record AssumeRoot(
    TargetPrincipal targetPrincipal,
    AssumeRole.PolicyDescriptor taskPolicyArn,
    Optional<RootDuration> durationSeconds,
    Optional<MinimumSessionTokenSize> minimumSessionTokenSize)
    implements Request<AssumeRoot.Result> {

  public record Result(
      Credentials credentials,
      Optional<String> sourceIdentity,
      int sessionTokenUtilization,
      int sessionTokenSize) {}

  /// A member account: its 12 digits, or the ARN of its root.
  public record TargetPrincipal(String value) {
    private static final Constraint RULE = Constraint.of(12, 2048, "[\\s\\S]*");

    public TargetPrincipal {
      RULE.check(value);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /// How long the session shall last, in seconds.
  public record RootDuration(int value) {
    public RootDuration {
      Constraint.checkRange(value, 0, 900);
    }

    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }
}
