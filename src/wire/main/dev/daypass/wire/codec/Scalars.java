package dev.daypass.wire.codec;

import dev.daypass.wire.Blob;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.Secret;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

/// Values that are one piece: value types, enums and the basic types.
public final class Scalars {
  private Scalars() {}

  /// A value of this type; fails with [ConstraintViolation] where the source holds none.
  static Object read(Class<?> type, Source source) {
    if (Shapes.isValueType(type)) {
      return Shapes.construct(type, read(Shapes.wrapped(type), source));
    }
    return type.isEnum() ? constant(type, (String) source.basic(String.class)) : source.basic(type);
  }

  /// A basic type from its text form.
  public static Object parse(Class<?> type, String text) {
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
}
