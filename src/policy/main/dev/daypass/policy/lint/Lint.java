package dev.daypass.policy.lint;

import dev.daypass.policy.Json;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.Optional;

/// Reads a policy as a reviewer does. Each family of checks has a class; what they can find is in
/// [Issue].
public final class Lint {
  private Lint() {}

  /// What there is to tell about a document, in the order of its text. One that [Policy#parse]
  /// refuses has an error that says so, and what else can be told of it. Fails on no text.
  public static List<Finding> check(PolicyType type, String text) {
    Findings findings = new Findings();
    Optional<MalformedPolicy> refusal = refusal(type, text);
    Optional<Json> json = read(text);
    Issue refused = json.isPresent() ? Issue.MALFORMED_POLICY_DOCUMENT : Issue.JSON_SYNTAX_ERROR;
    refusal.ifPresent(why -> findings.add(refused, why));
    json.ifPresent(root -> check(new Draft(type, text, new Node(root, "")), findings));
    return findings.inOrder();
  }

  private static Optional<MalformedPolicy> refusal(PolicyType type, String text) {
    try {
      Policy.parse(type, "lint", text);
      return Optional.empty();
    } catch (MalformedPolicy refusal) {
      return Optional.of(refusal);
    }
  }

  private static Optional<Json> read(String text) {
    try {
      return Optional.of(Json.parse(text, ""));
    } catch (MalformedPolicy _) {
      // Then Policy.parse has refused it too, and says where.
      return Optional.empty();
    }
  }

  private static void check(Draft draft, Findings findings) {
    DocumentChecks.check(draft, findings);
    TrustChecks.keys(draft, findings);
    for (DraftStatement statement : draft.statements()) {
      if (statement.node().isObject()) {
        check(statement, findings);
      }
    }
  }

  private static void check(DraftStatement statement, Findings findings) {
    StatementChecks.check(statement, findings);
    ActionChecks.check(statement, findings);
    GrantChecks.check(statement, findings);
    ResourceChecks.check(statement, findings);
    PrincipalChecks.check(statement, findings);
    TrustChecks.check(statement, findings);
    ProviderChecks.check(statement, findings);
    GuardrailChecks.check(statement, findings);
    ConditionChecks.check(statement, findings);
    KeyChecks.check(statement, findings);
    ValueChecks.check(statement, findings);
    PatternChecks.check(statement, findings);
    AddressChecks.check(statement, findings);
    MfaChecks.check(statement, findings);
    VariableChecks.check(statement, findings);
  }
}
