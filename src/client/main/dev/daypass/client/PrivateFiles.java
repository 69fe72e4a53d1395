package dev.daypass.client;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Small JSON files that only their owner can read, written whole or not at all.
final class PrivateFiles {
  private final Path folder;

  PrivateFiles(Path folder) {
    this.folder = folder;
  }

  /// The file's fields as text; absent where the file, or one of them, is not there or cannot be
  /// read: it is written anew then.
  Optional<Function<String, String>> read(String name, Set<String> fields) {
    try {
      Map<String, Object> content = JSON.std.mapFrom(Files.readString(folder.resolve(name)));
      return content.keySet().containsAll(fields)
          ? Optional.of(field -> String.valueOf(content.get(field)))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  void write(String name, Map<String, Object> content) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path written =
        Files.createTempFile(
            folder,
            name,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(written, JSON.std.asString(content));
    Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  void deleteAll() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
