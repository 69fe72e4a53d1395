package dev.daypass.broker.calls;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.daypass.broker.access.AccessDenied;
import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Explanation;
import dev.daypass.policy.StatementId;
import java.util.List;

/// A refusal as DecodeAuthorizationMessage tells it: the deciding statement, the request as the
/// evaluator saw it, and the account of the statements that speak of it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html">DecodeAuthorizationMessage</a>
final class DecodedMessage {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// It travels in a header, of which clients read some kilobytes.
  private static final int LONGEST = 3000;

  private DecodedMessage() {}

  static String of(AccessDenied denied) {
    Explanation explanation = denied.explanation();
    ObjectNode told = JSON.createObjectNode();
    told.put("allowed", false);
    told.put("explicitDeny", explanation.decision() instanceof Decision.ExplicitlyDenied);
    ArrayNode matched = told.putObject("matchedStatements").putArray("items");
    if (explanation.decision() instanceof Decision.ExplicitlyDenied(var in, StatementId by)) {
      ObjectNode statement = matched.addObject();
      statement.put("statementId", by.sid().orElse(""));
      statement.put("effect", "DENY");
      statement.put("sourcePolicyType", in.name());
      statement.put("sourcePolicyId", by.policy());
      statement.put("position", by.position().toString());
    }
    ArrayNode failures = told.putObject("failures").putArray("items");
    if (explanation.decision() instanceof Decision.ImplicitlyDenied(var missing)) {
      failures.add("nothing of type " + missing.name() + " allows it");
    }
    context(told.putObject("context"), explanation.access());
    String account = explanation.brief().toJson();
    if (account.length() <= LONGEST) {
      told.putRawValue("explanation", new RawValue(account));
    }
    return told.toString();
  }

  private static void context(ObjectNode told, Access access) {
    told.putObject("principal").put("arn", access.principal().arn().orElse(""));
    told.put("action", access.action());
    told.put("resource", access.resource());
    ArrayNode conditions = told.putObject("conditions").putArray("items");
    access
        .context()
        .all()
        .forEach(
            (key, value) -> {
              ObjectNode item = conditions.addObject().put("key", key);
              ArrayNode values = item.putObject("values").putArray("items");
              valuesOf(value).forEach(each -> values.addObject().put("value", each));
            });
  }

  private static List<String> valuesOf(Context.Value value) {
    return switch (value) {
      case Context.Value.Single(var single) -> List.of(single);
      case Context.Value.Multiple(var several) -> several;
    };
  }
}
