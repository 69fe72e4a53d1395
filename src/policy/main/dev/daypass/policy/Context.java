package dev.daypass.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known about a request: condition keys, without regard to case, and their values. A key
/// is single-valued or multi-valued by what it is, not by how many values it has.
public final class Context {
  /// Nothing known.
  public static final Context EMPTY = new Builder().build();

  /// What a key holds.
  public sealed interface Value {
    /// The value of a single-valued key.
    record Single(String value) implements Value {}

    /// The values of a multi-valued key, perhaps none.
    record Multiple(List<String> values) implements Value {
      public Multiple {
        values = List.copyOf(values);
      }
    }
  }

  private final Map<String, Value> values;

  private Context(Map<String, Value> values) {
    this.values = values;
  }

  /// What the key holds, if the request has it.
  public Optional<Value> find(String key) {
    return Optional.ofNullable(get(key.toLowerCase(Locale.ROOT)));
  }

  /// @param key in lower case
  @Nullable Value get(String key) {
    return values.get(key);
  }

  /// Every key, in lower case and in order, with what it holds.
  public Map<String, Value> all() {
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /// The same without this key.
  public Context without(String key) {
    Map<String, Value> others = new HashMap<>(values);
    others.remove(key.toLowerCase(Locale.ROOT));
    return new Context(others);
  }

  /// This and what `other` knows; where both know a key, `other` is right.
  public Context with(Context other) {
    if (other.values.isEmpty()) {
      return this;
    }
    Map<String, Value> both = new HashMap<>(values);
    both.putAll(other.values);
    return new Context(both);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Collects keys and values.
  public static final class Builder {
    private final Map<String, Value> values = new HashMap<>();

    private Builder() {}

    /// A single-valued key.
    public Builder put(String key, String value) {
      values.put(key.toLowerCase(Locale.ROOT), new Value.Single(value));
      return this;
    }

    /// A single-valued key, if there is a value.
    public Builder put(String key, Optional<String> value) {
      value.ifPresent(present -> put(key, present));
      return this;
    }

    /// A multi-valued key.
    public Builder putAll(String key, Collection<String> several) {
      values.put(key.toLowerCase(Locale.ROOT), new Value.Multiple(List.copyOf(several)));
      return this;
    }

    public Context build() {
      return new Context(new HashMap<>(values));
    }
  }
}
