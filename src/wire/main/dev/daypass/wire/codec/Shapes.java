package dev.daypass.wire.codec;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The little reflection the codecs need, kept in one place. All of it is found out once for each
/// type: reflection itself costs more than all else about reading or writing a value.
public final class Shapes {
  private static final ClassValue<List<Component>> COMPONENTS =
      once(type -> Stream.of(type.getRecordComponents()).map(Component::of).toList());

  private static final ClassValue<Optional<Class<?>>> WRAPPED = once(Shapes::wrappedBy);

  private static final ClassValue<Constructor<?>> CONSTRUCTORS = once(Shapes::constructor);

  private Shapes() {}

  /// A component of a record.
  ///
  /// @param wireNames its name on the wire, for each way to spell names
  /// @param type what it holds, with its type arguments
  /// @param most how many members it may have, where it says so
  public record Component(
      String name, Map<Naming, String> wireNames, Type type, OptionalInt most, Method accessor) {
    private static Component of(RecordComponent component) {
      Map<Naming, String> names = new EnumMap<>(Naming.class);
      for (Naming naming : Naming.values()) {
        names.put(naming, naming.of(component));
      }
      AtMost limit = component.getAnnotation(AtMost.class);
      component.getAccessor().setAccessible(true);
      return new Component(
          component.getName(),
          names,
          component.getGenericType(),
          limit == null ? OptionalInt.empty() : OptionalInt.of(limit.value()),
          component.getAccessor());
    }

    /// Its name on the wire, spelled so.
    public String wireName(Naming naming) {
      return wireNames.getOrDefault(naming, name);
    }

    /// What it holds in this record.
    public Object in(Object record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new AssertionError("cannot read " + accessor, e);
      }
    }
  }

  /// The components of a record, in order.
  public static List<Component> components(Class<?> type) {
    return COMPONENTS.get(type);
  }

  /// A record that wraps one value, such as `RoleName`, travels as that value.
  public static boolean isValueType(Class<?> type) {
    return WRAPPED.get(type).isPresent();
  }

  /// What a value type wraps.
  static Class<?> wrapped(Class<?> valueType) {
    return WRAPPED.get(valueType).orElseThrow();
  }

  /// Whether values of this type must not be shown: secrets, and value types around them.
  public static boolean isSecret(Class<?> type) {
    return type == Secret.class || WRAPPED.get(type).filter(Secret.class::equals).isPresent();
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
    try {
      return CONSTRUCTORS.get(type).newInstance(components);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot construct " + type, e);
    }
  }

  private static Optional<Class<?>> wrappedBy(Class<?> type) {
    return Optional.of(type)
        .filter(Class::isRecord)
        .map(Class::getRecordComponents)
        .filter(all -> all.length == 1 && all[0].getName().equals("value"))
        .map(all -> all[0].getType());
  }

  private static Constructor<?> constructor(Class<?> type) {
    Class<?>[] parameters =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("a record has its constructor", e);
    }
  }

  private static <T> ClassValue<T> once(Function<Class<?>, T> compute) {
    return new ClassValue<>() {
      @Override
      protected T computeValue(Class<?> type) {
        return compute.apply(type);
      }
    };
  }
}
