package dev.daypass.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON with positions. A name that stands twice in one object is refused, since two readers could
/// believe two things; numbers keep the text they were written with.
public sealed interface Json {
  Position position();

  record Members(Map<String, Json> values, Position position) implements Json {}

  record Items(List<Json> values, Position position) implements Json {}

  /// A string, a number or a boolean, as text.
  record Scalar(String text, Kind kind, Position position) implements Json {}

  record Null(Position position) implements Json {}

  /// What a scalar was.
  enum Kind {
    STRING,
    NUMBER,
    BOOLEAN
  }

  int DEEPEST = 16;

  /// Reads one JSON value; [MalformedPolicy] with `reason` where the text is none.
  static Json parse(String text, String reason) {
    try (JsonParser parser = Parsers.FACTORY.createParser(text)) {
      parser.nextToken();
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw new MalformedPolicy(reason, at(parser.currentTokenLocation()));
      }
      return value;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new MalformedPolicy(reason, at(e.getLocation()));
    } catch (IOException e) {
      throw new AssertionError("reading from memory cannot fail", e);
    }
  }

  private static Json value(JsonParser parser) throws IOException {
    Position position = at(parser.currentTokenLocation());
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> members(parser, position);
      case START_ARRAY -> items(parser, position);
      case VALUE_STRING -> new Scalar(parser.getText(), Kind.STRING, position);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Scalar(parser.getText(), Kind.NUMBER, position);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(parser.getText(), Kind.BOOLEAN, position);
      case VALUE_NULL -> new Null(position);
      case null, default ->
          throw new com.fasterxml.jackson.core.JsonParseException(parser, "no value");
    };
  }

  private static Json members(JsonParser parser, Position position) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Members(members, position);
  }

  private static Json items(JsonParser parser, Position position) throws IOException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Items(items, position);
  }

  private static Position at(@org.jspecify.annotations.Nullable JsonLocation location) {
    return location == null
        ? new Position(1, 1)
        : new Position(location.getLineNr(), location.getColumnNr());
  }

  /// Holds the factory: an interface cannot keep it to itself.
  final class Parsers {
    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(64)
                    .build())
            .build();

    private Parsers() {}
  }
}
