package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.PolicyTold;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySummary;
import dev.daypass.policy.PolicyType;
import java.util.List;

/// Policies as people read them.
final class PolicyTexts {
  private PolicyTexts() {}

  /// What a stored policy says, and how it says so.
  static PolicyTold told(String name, PolicyType type, String text) {
    return new PolicyTold(name, sentences(type, text), laidOut(text));
  }

  /// A sentence for each statement; none for what cannot be used.
  static List<String> sentences(PolicyType type, String text) {
    try {
      return PolicySummary.of(Policy.parse(type, "policy", text)).lines().toList();
    } catch (MalformedPolicy _) {
      return List.of();
    }
  }

  /// The same JSON with a line for each value, where it came in one line.
  static String laidOut(String text) {
    return text.strip().contains("\n") ? text : new Layout(text.strip()).laidOut();
  }
}
