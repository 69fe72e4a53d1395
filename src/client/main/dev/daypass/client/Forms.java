package dev.daypass.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What queries and forms are written as.
public final class Forms {
  private Forms() {}

  /// The parameters by name, joined as `application/x-www-form-urlencoded` has it, but for blanks:
  /// `%20` is one in paths and signed queries too, where `+` is not.
  public static String of(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
  }

  /// One value, or one segment of a path.
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
