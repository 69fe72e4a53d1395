package dev.daypass.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.daypass.policy.Explanation.Change;
import dev.daypass.policy.Explanation.ConditionTold;
import dev.daypass.policy.Explanation.Edit;
import dev.daypass.policy.Explanation.Element;
import dev.daypass.policy.Explanation.KeyValue;
import dev.daypass.policy.Explanation.Layer;
import dev.daypass.policy.Explanation.Told;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/// An [Explanation] for programs. Its names are stable.
final class ExplanationJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Explanation explanation;
  private final StringWriter text = new StringWriter();

  ExplanationJson(Explanation explanation) {
    this.explanation = explanation;
  }

  String render() {
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      decision(json);
      json.writeArrayFieldStart("layers");
      for (Layer layer : explanation.layers()) {
        layer(json, layer);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("changes");
      for (Change change : explanation.changes()) {
        change(json, change);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  private void decision(JsonGenerator json) throws IOException {
    Access access = explanation.access();
    Decision decision = explanation.decision();
    json.writeStringField("decision", decision.name());
    json.writeStringField("principal", access.principal().arn().orElse(""));
    json.writeStringField("action", access.action());
    json.writeStringField("resource", access.resource());
    switch (decision) {
      case Decision.Allowed(var by) -> {
        if (by.isPresent()) {
          statement(json, "by", by.get());
        }
      }
      case Decision.ExplicitlyDenied(var in, var by) -> {
        json.writeStringField("policyType", in.name());
        statement(json, "by", by);
      }
      case Decision.ImplicitlyDenied(var missing) ->
          json.writeStringField("policyType", missing.name());
    }
    if (!decision.allowed()) {
      json.writeStringField("message", decision.message(access));
    }
  }

  private static void statement(JsonGenerator json, String name, StatementId id)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("policy", id.policy());
    json.writeNumberField("statement", id.index());
    if (id.sid().isPresent()) {
      json.writeStringField("sid", id.sid().get());
    }
    json.writeNumberField("line", id.position().line());
    json.writeNumberField("column", id.position().column());
    json.writeEndObject();
  }

  private static void layer(JsonGenerator json, Layer layer) throws IOException {
    json.writeStartObject();
    json.writeStringField("policyType", layer.type().name());
    if (layer.level() > 0) {
      json.writeNumberField("level", layer.level());
    }
    json.writeStringField("outcome", layer.outcome().name());
    json.writeArrayFieldStart("statements");
    for (Told told : layer.statements()) {
      told(json, told);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void told(JsonGenerator json, Told told) throws IOException {
    json.writeStartObject();
    statement(json, "id", told.id());
    json.writeStringField("effect", told.effect() == Effect.ALLOW ? "Allow" : "Deny");
    json.writeBooleanField("matched", told.matched());
    json.writeArrayFieldStart("elements");
    if (told.principal().isPresent()) {
      element(json, told.principal().get());
    }
    element(json, told.action());
    element(json, told.resource());
    json.writeEndArray();
    json.writeArrayFieldStart("conditions");
    for (ConditionTold condition : told.conditions()) {
      condition(json, condition);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void element(JsonGenerator json, Element element) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", element.name());
    json.writeBooleanField("matched", element.matched());
    texts(json, "wanted", element.wanted());
    json.writeEndObject();
  }

  private static void condition(JsonGenerator json, ConditionTold condition) throws IOException {
    json.writeStartObject();
    json.writeStringField("operator", condition.operator());
    json.writeStringField("key", condition.key());
    texts(json, "wanted", condition.wanted());
    if (condition.seen().isPresent()) {
      texts(json, "seen", condition.seen().get());
    }
    json.writeBooleanField("holds", condition.outcome().holds());
    json.writeStringField("reason", condition.outcome().sentence());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void change(JsonGenerator json, Change change) throws IOException {
    json.writeStartObject();
    switch (change) {
      case Change.Request(var keys) -> {
        json.writeArrayFieldStart("request");
        for (KeyValue keyValue : keys) {
          key(json, keyValue);
        }
        json.writeEndArray();
      }
      case Change.OfPolicies(var edits) -> {
        json.writeArrayFieldStart("policies");
        for (Edit edit : edits) {
          edit(json, edit);
        }
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }

  private static void key(JsonGenerator json, KeyValue keyValue) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", keyValue.key());
    if (keyValue.value().isPresent()) {
      json.writeStringField("value", keyValue.value().get());
    } else {
      json.writeNullField("value");
    }
    json.writeEndObject();
  }

  private static void edit(JsonGenerator json, Edit edit) throws IOException {
    json.writeStartObject();
    switch (edit) {
      case Edit.RemoveDeny(var type, var statement) -> {
        json.writeStringField("removeDenyFrom", type.name());
        statement(json, "statement", statement);
      }
      case Edit.AddAllow(var type) -> json.writeStringField("addAllowTo", type.name());
    }
    json.writeEndObject();
  }
}
