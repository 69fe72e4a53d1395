package dev.daypass.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.daypass.wire.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value as it was written. Reading is bounded in depth and, by the size of the bytes, in
/// everything else; a member that is said twice is refused, since two readers could believe two
/// things.
sealed interface Json {
  record Members(Map<String, Json> values) implements Json {}

  record Items(List<Json> values) implements Json {}

  record Text(String value) implements Json {}

  /// @param text as it was written: what it is worth may be out of all proportion
  record Number(String text) implements Json {}

  record Bool(boolean value) implements Json {}

  /// Nothing, which is as good as not being there.
  record Null() implements Json {}

  /// No message of AWS's is deeper.
  int DEEPEST = 16;

  /// Reads one JSON object from UTF-8; fails with `SerializationException` where the bytes are
  /// none. No bytes at all are an empty object: some actions have no input.
  static Json read(byte[] bytes) {
    if (bytes.length == 0) {
      return new Members(Map.of());
    }
    try (JsonParser parser = Parsers.FACTORY.createParser(bytes)) {
      parser.nextToken();
      Json value = value(parser);
      if (parser.nextToken() != null || !(value instanceof Members)) {
        throw malformed();
      }
      return value;
    } catch (JsonProcessingException _) {
      throw malformed();
    } catch (IOException _) {
      // Bytes that are not UTF-8.
      throw malformed();
    }
  }

  private static RuntimeException malformed() {
    return ErrorCode.SERIALIZATION.error("The request's body is not a JSON object.");
  }

  private static Json value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> new Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      case VALUE_NULL -> new Null();
      case null, default -> throw malformed();
    };
  }

  private static Json members(JsonParser parser) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Members(members);
  }

  private static Json items(JsonParser parser) throws IOException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Items(items);
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
                    .maxNameLength(256)
                    .build())
            .build();

    private Parsers() {}
  }
}
