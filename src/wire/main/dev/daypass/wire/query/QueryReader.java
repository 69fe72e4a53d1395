package dev.daypass.wire.query;

import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.RecordReader;
import dev.daypass.wire.codec.Scalars;
import dev.daypass.wire.codec.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads Query forms into records: a `List` reads `Name.member.N`, a `Map` reads `Name.entry.N.key`
/// and `.value`.
public final class QueryReader {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

  private QueryReader() {}

  /// Reads a `type`, or fails with one `ValidationError` that names everything wrong with the form.
  public static <T> T read(Class<T> type, Form form) {
    return RecordReader.read(
        type, new Parameter(form, ""), Naming.UPPER_CAMEL, ErrorCode.VALIDATION_ERROR);
  }

  /// @param name the parameter's; empty for the form itself
  private record Parameter(Form form, String name) implements Source {
    @Override
    public boolean present() {
      return form.has(name);
    }

    @Override
    public Object basic(Class<?> type) {
      return Scalars.parse(type, shown());
    }

    @Override
    public String shown() {
      return form.find(name).orElse("");
    }

    @Override
    public Source member(String wireName) {
      return new Parameter(form, name.isEmpty() ? wireName : name + "." + wireName);
    }

    /// There may be holes.
    @Override
    public SortedMap<Integer, Source> elements() {
      String prefix = name + ".member.";
      SortedMap<Integer, Source> elements = new TreeMap<>();
      for (int n : numbers(prefix)) {
        elements.put(n, new Parameter(form, prefix + n));
      }
      return elements;
    }

    @Override
    public Map<String, String> entries() {
      String prefix = name + ".entry.";
      Map<String, String> entries = new LinkedHashMap<>();
      for (int n : numbers(prefix)) {
        form.find(prefix + n + ".key")
            .ifPresent(key -> entries.put(key, form.find(prefix + n + ".value").orElse("")));
      }
      return entries;
    }

    /// The numbers that stand behind `prefix`, in order.
    private int[] numbers(String prefix) {
      return form.namesBelow(prefix)
          .map(each -> each.substring(prefix.length()).split("\\.", 2)[0])
          .filter(number -> NUMBER.matcher(number).matches())
          .mapToInt(Integer::parseInt)
          .sorted()
          .distinct()
          .toArray();
    }
  }
}
