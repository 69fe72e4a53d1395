package dev.daypass.client.store;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The programs there are, by name.
///
/// @param path folders, as `PATH` has them
public record Programs(String path) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,60}");

  /// Those of this process.
  public static Programs here() {
    return new Programs(Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  /// Whether a program can be called so.
  public static boolean named(String name) {
    return NAME.matcher(name).matches();
  }

  /// The first of this name. Folders that depend on where one is are passed over: whoever can write
  /// to such a folder is not to be given secrets.
  public Optional<Path> find(String name) {
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(folder -> folder(folder).stream())
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Optional<Path> folder(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Path::isAbsolute);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
