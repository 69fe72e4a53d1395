package dev.daypass.wire.json;

import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.RecordReader;
import dev.daypass.wire.codec.Scalars;
import dev.daypass.wire.codec.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads JSON bodies into records. Instants are seconds since 1970, bytes are Base64.
public final class JsonReader {
  private JsonReader() {}

  /// Reads a `type`. Fails with `SerializationException` where the body is no JSON object or holds
  /// another kind of value than a member has, and with one `invalid` that names everything else
  /// that is wrong.
  public static <T> T read(Class<T> type, byte[] body, Naming naming, ErrorCode invalid) {
    return RecordReader.read(type, new Value(Json.read(body)), naming, invalid);
  }

  /// A JSON value on its way in.
  record Value(Json json) implements Source {
    private static final int LARGEST_SCALE = 32;

    @Override
    public boolean present() {
      return !(json instanceof Json.Null);
    }

    @Override
    public Object basic(Class<?> type) {
      return switch (type.getSimpleName()) {
        case "boolean", "Boolean" ->
            json instanceof Json.Bool(var value) ? value : refuse("a boolean");
        case "int", "Integer" ->
            json instanceof Json.Number(var text) ? Scalars.parse(type, text) : refuse("a number");
        case "Instant" ->
            json instanceof Json.Number(var text) ? instant(text) : refuse("a timestamp");
        default ->
            json instanceof Json.Text(var text) ? Scalars.parse(type, text) : refuse("a string");
      };
    }

    private static Instant instant(String text) {
      BigDecimal seconds = new BigDecimal(text);
      if (Math.abs(seconds.scale()) > LARGEST_SCALE
          || seconds.abs().compareTo(BigDecimal.valueOf(Instant.MAX.getEpochSecond())) > 0) {
        throw new ConstraintViolation("Member must be a valid Instant");
      }
      long whole = seconds.longValue();
      return Instant.ofEpochSecond(
          whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }

    @Override
    public String shown() {
      return switch (json) {
        case Json.Text(var text) -> text;
        case Json.Number(var text) -> text;
        case Json.Bool(var value) -> Boolean.toString(value);
        case Json.Null _, Json.Members _, Json.Items _ -> "";
      };
    }

    @Override
    public Source member(String wireName) {
      return json instanceof Json.Members(var values)
          ? new Value(values.getOrDefault(wireName, new Json.Null()))
          : refuse("a structure");
    }

    @Override
    public SortedMap<Integer, Source> elements() {
      SortedMap<Integer, Source> elements = new TreeMap<>();
      if (json instanceof Json.Items(var values)) {
        for (Json value : values) {
          elements.put(elements.size() + 1, new Value(value));
        }
        return elements;
      }
      return present() ? refuse("a list") : elements;
    }

    @Override
    public Map<String, String> entries() {
      Map<String, String> entries = new LinkedHashMap<>();
      if (json instanceof Json.Members(var values)) {
        values.forEach(
            (key, value) -> entries.put(key, (String) new Value(value).basic(String.class)));
        return entries;
      }
      return present() ? refuse("a map") : entries;
    }

    private static <T> T refuse(String wanted) {
      throw ErrorCode.SERIALIZATION.error("A member's value can not be converted to " + wanted);
    }
  }
}
