package dev.daypass.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whatever request the module has: no list to forget one in.
final class Requests {
  private Requests() {}

  static Stream<Class<?>> all() throws Exception {
    Path classes =
        Path.of(Request.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (type.isRecord() && Request.class.isAssignableFrom(type)) {
          found.add(type);
        }
      }
    }
    return found.stream();
  }

  /// The package of a service's messages is called as the service.
  static String service(Class<?> request) {
    return request.getPackageName().replaceFirst(".*\\.", "");
  }

  static Class<?> resultOf(Class<?> request) {
    for (Type implemented : request.getGenericInterfaces()) {
      if (implemented instanceof ParameterizedType generic
          && generic.getRawType() == Request.class) {
        return (Class<?>) generic.getActualTypeArguments()[0];
      }
    }
    throw new AssertionError(request);
  }
}
