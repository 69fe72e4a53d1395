package dev.daypass.wire.codec;

import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.ErrorCode;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads messages into records. What a record declares is what the wire accepts: a bare component
/// is required, an `Optional` may be absent, a `List` and a `Map` may be empty. Members that no
/// component names are ignored, as AWS does.
public final class RecordReader {
  private static final int LONGEST_SHOWN = 1000;

  private final Naming naming;
  private final List<String> violations = new ArrayList<>();

  private RecordReader(Naming naming) {
    this.naming = naming;
  }

  /// Reads a `type`, or fails with one error that names everything wrong with the message.
  ///
  /// @param invalid the error
  public static <T> T read(Class<T> type, Source source, Naming naming, ErrorCode invalid) {
    RecordReader reader = new RecordReader(naming);
    Object record = reader.structure(type, source, "");
    if (record == null) {
      throw invalid.error(reader.report());
    }
    return type.cast(record);
  }

  private @Nullable Object structure(Class<?> type, Source source, String path) {
    int before = violations.size();
    List<Shapes.Component> components = Shapes.components(type);
    @Nullable Object[] values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = component(components.get(i), source, path);
    }
    if (violations.size() > before) {
      return null;
    }
    try {
      return Shapes.construct(type, values);
    } catch (ConstraintViolation e) {
      return violation("", path.isEmpty() ? "" : path.substring(0, path.length() - 1), e);
    }
  }

  private @Nullable Object component(Shapes.Component component, Source source, String path) {
    String place = path + component.name();
    Object value = member(component.type(), source.member(component.wireName(naming)), place);
    Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    int most = component.most().orElse(Integer.MAX_VALUE);
    if (present instanceof List<?> list && list.size() > most) {
      String constraint = "Member must have length less than or equal to " + most;
      return violation(" '" + list + "'", place, new ConstraintViolation(constraint));
    }
    return value;
  }

  private @Nullable Object member(Type type, Source source, String path) {
    Class<?> raw = Shapes.rawType(type);
    if (raw == Optional.class) {
      return source.present()
          ? Optional.ofNullable(member(Shapes.elementType(type), source, path))
          : Optional.empty();
    }
    if (raw == List.class) {
      return list(Shapes.elementType(type), source, path + ".");
    }
    if (raw == Map.class) {
      return source.entries();
    }
    if (!source.present()) {
      return violation(" null", path, new ConstraintViolation("Member must not be null"));
    }
    if (raw.isRecord() && !Shapes.isValueType(raw)) {
      return structure(raw, source, path + ".");
    }
    return scalar(raw, source, path);
  }

  private @Nullable List<Object> list(Type element, Source source, String path) {
    List<@Nullable Object> members = new ArrayList<>();
    for (Map.Entry<Integer, Source> each : source.elements().entrySet()) {
      members.add(member(element, each.getValue(), path + each.getKey() + ".member"));
    }
    return members.contains(null) ? null : members.stream().map(Objects::requireNonNull).toList();
  }

  private @Nullable Object scalar(Class<?> type, Source source, String path) {
    try {
      return Scalars.read(type, source);
    } catch (ConstraintViolation e) {
      return violation(Shapes.isSecret(type) ? "" : " '" + shown(source) + "'", path, e);
    }
  }

  /// A refusal is not as long as what it refuses.
  private static String shown(Source source) {
    String text = source.shown();
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }

  private <T> @Nullable T violation(String value, String path, ConstraintViolation violation) {
    violations.add(
        "Value%s at '%s' failed to satisfy constraint: %s"
            .formatted(value, path, violation.constraint()));
    return null;
  }

  private String report() {
    String noun = violations.size() == 1 ? " validation error" : " validation errors";
    return violations.size() + noun + " detected: " + String.join("; ", violations);
  }
}
