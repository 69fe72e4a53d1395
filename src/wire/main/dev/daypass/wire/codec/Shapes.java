package dev.daypass.wire.codec;

import dev.daypass.wire.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The little reflection the codecs need, kept in one place.
public final class Shapes {
  private Shapes() {}

  /// A record that wraps one value, such as `RoleName`, travels as that value.
  public static boolean isValueType(Class<?> type) {
    return type.isRecord()
        && type.getRecordComponents().length == 1
        && type.getRecordComponents()[0].getName().equals("value");
  }

  /// Whether values of this type must not be shown: secrets, and value types around them.
  public static boolean isSecret(Class<?> type) {
    return type == Secret.class
        || (isValueType(type) && type.getRecordComponents()[0].getType() == Secret.class);
  }

  /// What a component of this record holds.
  public static Object read(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot read " + component, e);
    }
  }

  static Class<?> rawType(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  static Type elementType(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  static Object construct(Class<?> type, @Nullable Object... components) {
    Class<?>[] parameters =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(components);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot construct " + type, e);
    }
  }
}
