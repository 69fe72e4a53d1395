package dev.daypass.wire.daypass;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Constraint;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.SimulationMessages.ContextEntry;
import java.util.List;

/// Asks what somebody may do, on behalf of whoever is about to let them.
public record EvaluateAccess(@AtMost(100) List<Question> questions)
    implements Request<EvaluateAccess.Result> {

  /// @param subject the ARN of a user or a role; or the caller's own, whatever that is
  /// @param resource an ARN, or `*`
  /// @param contextEntries what conditions can look at, as the asker knows it
  public record Question(
      PrincipalReference subject,
      ActionName action,
      Resource resource,
      @AtMost(100) List<ContextEntry> contextEntries) {}

  public record Result(List<Answer> answers) {}

  /// @param reason for those who look after policies
  public record Answer(boolean allowed, String reason) {}

  /// An action as policies name it: `orders:GetOrder`.
  public record ActionName(String value) {
    private static final Constraint RULE = Constraint.of(3, 128, "[A-Za-z0-9-]+:[A-Za-z0-9]+");

    public ActionName {
      RULE.check(value);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /// What is to be touched.
  public record Resource(String value) {
    private static final Constraint RULE =
        Constraint.of(1, 2048, "\\*|arn:[^:\\s]*:[^:\\s]+:[^:\\s]*:[^:\\s]*:[^\\s]+");

    public Resource {
      RULE.check(value);
    }

    @Override
    public String toString() {
      return value;
    }
  }
}
