package dev.daypass.client.store;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.files.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Small text files that only their owner can read, written whole or not at all.
public final class PrivateFiles {
  private static final String LOCK = "lock";
  private static final int LARGEST = 1 << 20;
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  /// A process locks a file as a whole; threads of one are told apart here.
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path folder;

  public PrivateFiles(Path folder) {
    this.folder = folder;
  }

  /// Something that reads or writes files.
  public interface Work<T> {
    T done() throws IOException;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /// The file's fields as text; absent where the file, or one of them, is not there or cannot be
  /// read: it is written anew then.
  public Optional<Function<String, String>> read(String name, Set<String> fields) {
    try {
      Map<String, Object> content = JSON.std.mapFrom(Files.readString(path(name)));
      return content.keySet().containsAll(fields)
          ? Optional.of(field -> String.valueOf(content.get(field)))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  public void write(String name, Map<String, Object> content) throws IOException {
    writeText(name, JSON.std.asString(content));
  }

  /// The file as a whole; absent where it is not there.
  public Optional<String> text(String name) throws IOException {
    try {
      if (Files.size(path(name)) > LARGEST) {
        throw new IOException(path(name) + " is too large");
      }
      return Optional.of(Files.readString(path(name)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  public void writeText(String name, String text) throws IOException {
    make();
    WholeFile.write(path(name), text.getBytes(StandardCharsets.UTF_8), FILE);
  }

  private void make() throws IOException {
    Files.createDirectories(folder, only(FOLDER));
    if (posix() && !FOLDER.containsAll(Files.getPosixFilePermissions(folder))) {
      Files.setPosixFilePermissions(folder, FOLDER);
    }
  }

  /// Elsewhere what is in a person's own folder is the person's already.
  private FileAttribute<?>[] only(Set<PosixFilePermission> permissions) {
    return posix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private boolean posix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /// Does this while no other process does such a thing; [StoreUnavailable] where files fail.
  public <T> T locked(Work<T> work) {
    THREADS.lock();
    try {
      return guarded(
          () -> {
            make();
            try (FileChannel channel =
                    FileChannel.open(
                        path(LOCK),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        only(FILE));
                var _ = channel.lock()) {
              return work.done();
            }
          });
    } finally {
      THREADS.unlock();
    }
  }

  <T> T guarded(Work<T> work) {
    try {
      return work.done();
    } catch (IOException e) {
      throw new StoreUnavailable(
          "Files in %s cannot be read or written (%s)."
              .formatted(folder, e.getClass().getSimpleName()));
    }
  }

  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  /// The JSON files there are; none where they cannot be listed.
  public List<String> names() {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  public void deleteAll() throws IOException {
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
