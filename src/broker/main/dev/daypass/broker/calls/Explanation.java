package dev.daypass.broker.calls;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.AccessDenied;
import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Decision;
import dev.daypass.policy.StatementId;
import java.util.List;

/// A refusal as DecodeAuthorizationMessage tells it: the deciding statement, and the request as the
/// evaluator saw it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html">DecodeAuthorizationMessage</a>
final class Explanation {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Explanation() {}

  static String of(AccessDenied denied) {
    ObjectNode told = JSON.createObjectNode();
    told.put("allowed", false);
    told.put("explicitDeny", denied.decision() instanceof Decision.ExplicitlyDenied);
    ArrayNode matched = told.putObject("matchedStatements").putArray("items");
    if (denied.decision() instanceof Decision.ExplicitlyDenied(var in, StatementId by)) {
      ObjectNode statement = matched.addObject();
      statement.put("statementId", by.sid().orElse(""));
      statement.put("effect", "DENY");
      statement.put("sourcePolicyType", in.name());
      statement.put("sourcePolicyId", by.policy());
      statement.put("position", by.position().toString());
    }
    ArrayNode failures = told.putObject("failures").putArray("items");
    if (denied.decision() instanceof Decision.ImplicitlyDenied(var missing)) {
      failures.add("nothing of type " + missing.name() + " allows it");
    }
    context(told.putObject("context"), denied.access());
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
