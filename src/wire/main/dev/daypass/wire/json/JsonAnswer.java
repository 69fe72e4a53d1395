package dev.daypass.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.Shapes;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes results and refusals as the JSON that AWS's clients expect.
public final class JsonAnswer {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MILLIS = 3;

  private final JsonGenerator json;
  private final Naming naming;

  private JsonAnswer(JsonGenerator json, Naming naming) {
    this.json = json;
    this.naming = naming;
  }

  /// The answer to a call that succeeded. Where there is nothing to say it is an empty object.
  public static String success(Record result, Naming naming) {
    return document(naming, answer -> answer.structure(result));
  }

  /// The answer to a call that was refused. What the error tells beside its message are members
  /// like any other.
  public static String failure(ApiError refusal, Naming naming) {
    return document(naming, answer -> answer.refusal(refusal));
  }

  private interface Content {
    void writeTo(JsonAnswer answer) throws IOException;
  }

  private static String document(Naming naming, Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      content.writeTo(new JsonAnswer(json, naming));
    } catch (IOException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  private void refusal(ApiError refusal) throws IOException {
    json.writeStartObject();
    json.writeStringField("__type", refusal.code().jsonName());
    json.writeStringField(naming.of("message"), refusal.text());
    for (Map.Entry<String, String> member : refusal.members().entrySet()) {
      json.writeStringField(naming.of(member.getKey()), member.getValue());
    }
    json.writeEndObject();
  }

  private void structure(Record structure) throws IOException {
    json.writeStartObject();
    for (Shapes.Component component : Shapes.components(structure.getClass())) {
      Object value = component.in(structure);
      Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (present != null) {
        json.writeFieldName(component.wireName(naming));
        value(present);
      }
    }
    json.writeEndObject();
  }

  private void value(Object value) throws IOException {
    switch (value) {
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          value(element);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(entry.getKey().toString());
          value(entry.getValue());
        }
        json.writeEndObject();
      }
      case Record wrapper when Shapes.isValueType(wrapper.getClass()) ->
          value(Shapes.components(wrapper.getClass()).getFirst().in(wrapper));
      case Record structure -> structure(structure);
      case Boolean is -> json.writeBoolean(is);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Instant instant ->
          json.writeNumber(BigDecimal.valueOf(instant.toEpochMilli(), MILLIS).toPlainString());
      case Secret secret -> json.writeString(secret.revealText());
      default -> json.writeString(value.toString());
    }
  }
}
