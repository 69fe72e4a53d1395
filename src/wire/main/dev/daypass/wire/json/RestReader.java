package dev.daypass.wire.json;

import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.InQuery;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.RecordReader;
import dev.daypass.wire.codec.Scalars;
import dev.daypass.wire.codec.Source;
import dev.daypass.wire.query.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads REST calls into records: what is in the path and the query as text, the rest as JSON.
///
/// @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html">AWS restJson1</a>
public final class RestReader {
  private RestReader() {}

  /// Reads a `type`. Fails as [JsonReader] does for the body, and with one `invalid` that names
  /// everything else that is wrong.
  ///
  /// @param labels what stood in the path, decoded
  /// @param query as it was sent
  public static <T> T read(
      Class<T> type, Map<String, String> labels, String query, byte[] body, ErrorCode invalid) {
    Set<String> inQuery =
        Stream.of(type.getRecordComponents())
            .filter(component -> component.isAnnotationPresent(InQuery.class))
            .map(Naming.LOWER_CAMEL::of)
            .collect(Collectors.toSet());
    Call call =
        new Call(labels, inQuery, Parameters.parse(query), new JsonReader.Value(Json.read(body)));
    return RecordReader.read(type, call, Naming.LOWER_CAMEL, invalid);
  }

  private record Call(
      Map<String, String> labels, Set<String> inQuery, Parameters query, JsonReader.Value body)
      implements Source {
    @Override
    public boolean present() {
      return true;
    }

    @Override
    public Object basic(Class<?> type) {
      return body.basic(type);
    }

    @Override
    public String shown() {
      return body.shown();
    }

    @Override
    public Source member(String wireName) {
      if (labels.containsKey(wireName)) {
        return new Written(List.of(labels.get(wireName)));
      }
      return inQuery.contains(wireName)
          ? new Written(query.values(wireName))
          : body.member(wireName);
    }

    @Override
    public SortedMap<Integer, Source> elements() {
      return body.elements();
    }

    @Override
    public Map<String, String> entries() {
      return body.entries();
    }
  }

  /// What was said of one name, as often as it was.
  private record Written(List<String> values) implements Source {
    @Override
    public boolean present() {
      return !values.isEmpty();
    }

    /// One name stands for one value: two readers could believe two things.
    @Override
    public Object basic(Class<?> type) {
      if (values.size() > 1) {
        throw new ConstraintViolation("Member must not be given more than once");
      }
      return Scalars.parse(type, values.getFirst());
    }

    @Override
    public String shown() {
      return String.join(", ", values);
    }

    @Override
    public Source member(String wireName) {
      throw new AssertionError("no structure travels in a path or a query");
    }

    @Override
    public SortedMap<Integer, Source> elements() {
      SortedMap<Integer, Source> elements = new TreeMap<>();
      values.forEach(value -> elements.put(elements.size() + 1, new Written(List.of(value))));
      return elements;
    }

    @Override
    public Map<String, String> entries() {
      throw new AssertionError("no map travels in a path or a query");
    }
  }
}
