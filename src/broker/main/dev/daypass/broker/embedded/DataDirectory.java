package dev.daypass.broker.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one folder that holds everything an embedded installation keeps: the servers' data and the
/// secrets between them. Only its owner may look inside, and only one process uses it at a time.
final class DataDirectory implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int SECRET_BYTES = 24;

  private final Path root;
  private final FileChannel lockFile;

  // The lock lives as long as this reference does.
  @SuppressWarnings("UnusedVariable")
  private final FileLock lock;

  private DataDirectory(Path root, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /// Creates the folder if need be and takes it for this process; [StartRefused] if another has it.
  static DataDirectory take(Path root) throws IOException {
    Files.createDirectories(root.toAbsolutePath(), OWNER_ONLY_FOLDER);
    FileChannel file =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(file);
    if (lock == null) {
      file.close();
      throw new StartRefused(
          "the data in `%s` is in use by another Daypass process. Stop it, or choose another folder with DAYPASS_DATA."
              .formatted(root));
    }
    return new DataDirectory(root.toAbsolutePath(), file, lock);
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  /// A subfolder, made if need be.
  Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name), OWNER_ONLY_FOLDER);
  }

  /// A random secret that stays the same for the life of the folder.
  String secret(String name) throws IOException {
    Path file = root.resolve(name);
    try {
      Files.createFile(file, OWNER_ONLY_FILE);
      byte[] random = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(random);
      Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    } catch (FileAlreadyExistsException _) {
      // INVARIANT: what is there already is the secret.
    }
    return Files.readString(file);
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
