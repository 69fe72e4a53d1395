package dev.daypass.policy;

import dev.daypass.policy.Explanation.Change;
import dev.daypass.policy.Explanation.ConditionTold;
import dev.daypass.policy.Explanation.Edit;
import dev.daypass.policy.Explanation.Element;
import dev.daypass.policy.Explanation.KeyValue;
import dev.daypass.policy.Explanation.Layer;
import dev.daypass.policy.Explanation.Told;
import java.util.List;
import java.util.stream.Collectors;

/// An [Explanation] for people.
final class ExplanationText {
  private final Explanation explanation;
  private final StringBuilder text = new StringBuilder();

  ExplanationText(Explanation explanation) {
    this.explanation = explanation;
  }

  String render() {
    Access access = explanation.access();
    Decision decision = explanation.decision();
    if (decision.allowed()) {
      line(
          "Allowed: %s may perform %s on %s",
          access.principal().arn().orElse("anonymous"), access.action(), access.resource());
    } else {
      line("Denied: %s", decision.message(access));
    }
    explanation.layers().forEach(this::layer);
    if (!explanation.changes().isEmpty()) {
      line("");
      line("It would be allowed");
      explanation.changes().forEach(change -> line("  - %s", shown(change)));
    }
    return text.toString();
  }

  private void layer(Layer layer) {
    line("");
    String level = layer.level() == 0 ? "" : " (level %d)".formatted(layer.level());
    line("%s%s: %s", capitalized(layer.type().noun()), level, said(layer));
    for (Told told : layer.statements()) {
      if (told.concerns() || layer.statements().size() <= 2) {
        statement(told);
      }
    }
    long others = layer.statements().stream().filter(told -> !told.concerns()).count();
    if (others > 0 && layer.statements().size() > 2) {
      line("  and %d that speak%s of something else", others, others == 1 ? "s" : "");
    }
  }

  private static String said(Layer layer) {
    return switch (layer.outcome()) {
      case DENIES -> "denies";
      case ALLOWS -> "allows";
      case SAYS_NOTHING -> "does not allow";
    };
  }

  private void statement(Told told) {
    line(
        "  %s %s, %s",
        told.matched() ? "✓" : "✗",
        told.effect() == Effect.ALLOW ? "Allow" : "Deny",
        where(told.id()));
    told.principal().ifPresent(this::element);
    element(told.action());
    element(told.resource());
    told.conditions().forEach(this::condition);
  }

  private static String where(StatementId id) {
    return "%s, statement %d%s at %s"
        .formatted(
            id.policy(),
            id.index() + 1,
            id.sid().map(sid -> " `" + sid + "`").orElse(""),
            id.position());
  }

  private void element(Element element) {
    line(
        "      %s %s: %s",
        element.matched() ? "✓" : "✗", element.name(), String.join(", ", element.wanted()));
  }

  private void condition(ConditionTold condition) {
    line(
        "      %s %s %s: %s (%s)%s",
        condition.outcome().holds() ? "✓" : "✗",
        condition.operator(),
        condition.key(),
        String.join(", ", condition.wanted()),
        condition.outcome().sentence(),
        condition.seen().map(seen -> ", seen: " + String.join(", ", seen)).orElse(""));
  }

  private static String shown(Change change) {
    return switch (change) {
      case Change.Request(var keys) ->
          "with "
              + keys.stream().map(ExplanationText::shown).collect(Collectors.joining(" and "))
              + " in the request";
      case Change.OfPolicies(List<Edit> edits) ->
          edits.stream().map(ExplanationText::shown).collect(Collectors.joining(" and "));
    };
  }

  private static String shown(KeyValue keyValue) {
    return keyValue
        .value()
        .map(value -> "%s = %s".formatted(keyValue.key(), value))
        .orElseGet(() -> "no " + keyValue.key());
  }

  private static String shown(Edit edit) {
    return switch (edit) {
      case Edit.RemoveDeny(_, var statement) -> "without the Deny of " + where(statement);
      case Edit.AddAllow(var type) -> "with an Allow in " + type.withArticle();
    };
  }

  private static String capitalized(String noun) {
    return Character.toUpperCase(noun.charAt(0)) + noun.substring(1);
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }
}
