package dev.daypass.desired;

import dev.daypass.policy.Json;
import dev.daypass.policy.Position;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.PolicyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The fields of one thing in a document, each of which must be known.
final class Fields {
  private final String file;
  private final Map<String, Json> values;
  private final Position position;

  private Fields(String file, Map<String, Json> values, Position position) {
    this.file = file;
    this.values = values;
    this.position = position;
  }

  /// Fails with [Malformed] for a field that is not among `known`. Nothing said (`alice:`) is no
  /// fields.
  static Fields of(String file, Json tree, Set<String> known) {
    Fields fields = any(file, tree);
    fields.values.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            throw new Malformed(
                file,
                value.position(),
                "`%s` is not known here; known are %s"
                    .formatted(name, String.join(", ", new TreeSet<>(known))));
          }
        });
    return fields;
  }

  /// Whatever the names.
  private static Fields any(String file, Json tree) {
    return switch (tree) {
      case Json.Members(var values, var at) -> new Fields(file, values, at);
      case Json.Null(var at) -> new Fields(file, Map.of(), at);
      default -> throw new Malformed(file, tree.position(), "names with values were expected");
    };
  }

  /// What each of the things under a name says, by its name.
  Map<String, Json> things(String name) {
    Json value = values.get(name);
    return value == null ? Map.of() : any(file, value).values;
  }

  private Optional<Json> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// A string or a number, as its type reads it.
  <T> Optional<T> text(String name, Function<String, T> type) {
    return find(name).map(value -> checked(value, name, () -> type.apply(scalar(value))));
  }

  <T> Optional<T> number(String name, Function<Integer, T> type) {
    return text(name, text -> type.apply(Integer.valueOf(text)));
  }

  Optional<Boolean> flag(String name) {
    return find(name)
        .map(
            value -> {
              if (value instanceof Json.Scalar(var text, Json.Kind kind, var _)
                  && kind == Json.Kind.BOOLEAN) {
                return Boolean.valueOf(text);
              }
              throw new Malformed(file, value.position(), "true or false was expected");
            });
  }

  /// Said, said to be none (`null`), or not said.
  <T> Wish<T> wish(String name, Function<Json, T> type) {
    return find(name)
        .<Wish<T>>map(
            value ->
                value instanceof Json.Null
                    ? new Wish.None<>()
                    : new Wish.Be<>(checked(value, name, () -> type.apply(value))))
        .orElseGet(Wish.AsItIs::new);
  }

  <T> Optional<List<T>> texts(String name, Function<String, T> type) {
    return find(name)
        .map(
            value -> {
              if (!(value instanceof Json.Items(var items, var _))) {
                throw new Malformed(file, value.position(), "a list was expected");
              }
              List<T> all = new ArrayList<>();
              for (Json item : items) {
                all.add(checked(item, name, () -> type.apply(scalar(item))));
              }
              return List.copyOf(all);
            });
  }

  /// Names with values of any kind.
  <K, T> Optional<Map<K, T>> map(String name, Function<String, K> key, Function<Json, T> type) {
    return find(name)
        .map(
            value -> {
              Map<K, T> all = new LinkedHashMap<>();
              any(file, value)
                  .values
                  .forEach(
                      (each, it) ->
                          all.put(
                              checked(it, each, () -> key.apply(each)),
                              checked(it, each, () -> type.apply(it))));
              return all;
            });
  }

  /// A policy: a tree, or its text as a string. Fails with [Malformed] where there must be one.
  PolicyText document(String name) {
    Json value =
        find(name).orElseThrow(() -> new Malformed(file, position, "`" + name + "` is missing"));
    return checked(value, name, () -> policy(value));
  }

  static PolicyText policy(Json value) {
    return switch (value) {
      case Json.Members _ -> new PolicyText(JsonText.of(value));
      case Json.Scalar(var text, Json.Kind kind, var _) when kind == Json.Kind.STRING ->
          new PolicyText(text);
      default -> throw new ConstraintViolation("a policy was expected");
    };
  }

  /// The text of a string, a number or a boolean.
  static String scalar(Json value) {
    if (value instanceof Json.Scalar(var text, var _, var _)) {
      return text;
    }
    throw new ConstraintViolation("a text was expected");
  }

  private <T> T checked(Json value, String name, Supplier<T> read) {
    try {
      return read.get();
    } catch (ConstraintViolation violation) {
      throw malformed(value, name, violation.constraint());
    } catch (ApiError refusal) {
      throw malformed(value, name, refusal.text());
    } catch (NumberFormatException _) {
      throw malformed(value, name, "a number was expected");
    }
  }

  private Malformed malformed(Json value, String name, @Nullable String reason) {
    return new Malformed(file, value.position(), "`%s`: %s".formatted(name, reason));
  }
}
