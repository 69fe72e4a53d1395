package dev.daypass.wire.query;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Blob;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads Query forms into records. What a record declares is what the wire accepts: a bare
/// component is required, an `Optional` may be absent, a `List` reads `Name.member.N`, a `Map`
/// reads `Name.entry.N.key` and `.value`. Parameters that no component names are ignored, as AWS
/// does.
public final class QueryReader {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

  private final Form form;
  private final List<String> violations = new ArrayList<>();

  private QueryReader(Form form) {
    this.form = form;
  }

  /// Reads a `type`, or fails with one `ValidationError` that names everything wrong with the form.
  public static <T> T read(Class<T> type, Form form) {
    QueryReader reader = new QueryReader(form);
    Object record = reader.structure(type, "", "");
    if (record == null) {
      throw ErrorCode.VALIDATION_ERROR.error(reader.report());
    }
    return type.cast(record);
  }

  private @Nullable Object structure(Class<?> type, String prefix, String path) {
    int before = violations.size();
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(components[i], prefix, path);
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

  private @Nullable Object component(RecordComponent component, String prefix, String path) {
    String name = prefix + Shapes.wireName(component);
    String place = path + component.getName();
    Object value = member(component.getGenericType(), name, place);
    AtMost limit = component.getAnnotation(AtMost.class);
    if (limit != null && value instanceof List<?> list && list.size() > limit.value()) {
      String constraint = "Member must have length less than or equal to " + limit.value();
      return violation(" '" + list + "'", place, new ConstraintViolation(constraint));
    }
    return value;
  }

  private @Nullable Object member(Type type, String name, String path) {
    Class<?> raw = Shapes.rawType(type);
    if (raw == Optional.class) {
      return form.has(name)
          ? Optional.ofNullable(member(Shapes.elementType(type), name, path))
          : Optional.empty();
    }
    if (raw == List.class) {
      return list(Shapes.elementType(type), name + ".member.", path + ".");
    }
    if (raw == Map.class) {
      return map(name + ".entry.");
    }
    if (!form.has(name)) {
      return violation(" null", path, new ConstraintViolation("Member must not be null"));
    }
    if (raw.isRecord() && !Shapes.isValueType(raw)) {
      return structure(raw, name + ".", path + ".");
    }
    return scalar(raw, form.find(name).orElse(""), path);
  }

  private @Nullable List<Object> list(Type element, String prefix, String path) {
    List<@Nullable Object> members = new ArrayList<>();
    for (int n : numbers(prefix)) {
      members.add(member(element, prefix + n, path + n + ".member"));
    }
    return members.contains(null) ? null : members.stream().map(Objects::requireNonNull).toList();
  }

  private Map<String, String> map(String prefix) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (int n : numbers(prefix)) {
      form.find(prefix + n + ".key")
          .ifPresent(key -> entries.put(key, form.find(prefix + n + ".value").orElse("")));
    }
    return entries;
  }

  /// The numbers that stand behind `prefix`, in order; there may be holes.
  private int[] numbers(String prefix) {
    return form.namesBelow(prefix)
        .map(name -> name.substring(prefix.length()).split("\\.", 2)[0])
        .filter(number -> NUMBER.matcher(number).matches())
        .mapToInt(Integer::parseInt)
        .sorted()
        .distinct()
        .toArray();
  }

  private @Nullable Object scalar(Class<?> type, String text, String path) {
    try {
      return scalar(type, text);
    } catch (ConstraintViolation e) {
      return violation(Shapes.isSecret(type) ? "" : " '" + text + "'", path, e);
    }
  }

  private static Object scalar(Class<?> type, String text) {
    if (Shapes.isValueType(type)) {
      return Shapes.construct(type, scalar(type.getRecordComponents()[0].getType(), text));
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    try {
      return switch (type.getSimpleName()) {
        case "String" -> text;
        case "int", "Integer" -> Integer.valueOf(text);
        case "boolean", "Boolean" -> bool(text);
        case "Instant" -> timestamp(text);
        case "Blob" -> Blob.fromBase64(text);
        case "Secret" -> Secret.of(text);
        default -> throw new AssertionError("no wire form for " + type);
      };
    } catch (NumberFormatException | DateTimeParseException _) {
      throw new ConstraintViolation("Member must be a valid " + type.getSimpleName());
    }
  }

  private static Instant timestamp(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConstraintViolation("Member must be true or false");
    };
  }

  /// An enum's constants travel as their `toString`.
  private static Object constant(Class<?> type, String text) {
    Object[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> constant.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new ConstraintViolation(
                    "Member must satisfy enum value set: " + Arrays.toString(constants)));
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
