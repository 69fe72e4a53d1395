package dev.daypass.wire.query;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The parameters of a Query request, decoded. A name stands for one value: a request that says a
/// thing twice is refused, since two readers could believe two things.
public final class Form {
  private final NavigableMap<String, String> parameters;

  private Form(NavigableMap<String, String> parameters) {
    this.parameters = parameters;
  }

  /// Reads `application/x-www-form-urlencoded` text, the form of bodies and of query strings. Fails
  /// with `MalformedQueryString` for bad escapes, bytes that are not UTF-8, duplicates, or too
  /// many.
  public static Form parse(String encoded) {
    NavigableMap<String, String> parameters = new TreeMap<>();
    for (Parameters.Parameter parameter : Parameters.parse(encoded).all()) {
      if (parameters.put(parameter.name(), parameter.value()) != null) {
        throw Parameters.malformed("parameter `" + parameter.name() + "` is given more than once");
      }
    }
    return new Form(parameters);
  }

  /// The value of this name, if it was given.
  public Optional<String> find(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /// Whether this name, or a part of the structure it names, was given. `Policy` does not stand for
  /// `PolicyArns.member.1.arn`.
  boolean has(String name) {
    if (parameters.containsKey(name)) {
      return true;
    }
    String next = parameters.ceilingKey(name + ".");
    return next != null && next.startsWith(name + ".");
  }

  /// The names that begin with `prefix`, in order.
  Stream<String> namesBelow(String prefix) {
    return parameters.tailMap(prefix).keySet().stream().takeWhile(name -> name.startsWith(prefix));
  }
}
