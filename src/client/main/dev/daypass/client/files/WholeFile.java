package dev.daypass.client.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Replaces files at one stroke: whoever reads meanwhile, or after a crash, has the former content
/// or the new one, and never a part. The content is on the disk before it has the name.
///
/// Where a file system knows no POSIX permissions, they are left to the folder.
public final class WholeFile {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private WholeFile() {}

  /// Writes a file, and makes its folder where there is none. A file that is there keeps its owner
  /// and its group. Fails with [IOException], and then nothing has changed.
  ///
  /// @param file no symbolic link: one would be replaced
  public static void write(Path file, byte[] content, Set<PosixFilePermission> permissions)
      throws IOException {
    Path folder = folder(file);
    makeFolder(folder);
    Path made = Files.createTempFile(folder, "." + file.getFileName(), ".new", only(file, OWNER));
    try {
      fill(made, content);
      if (posix(file)) {
        keepOwner(file, made);
        Files.setPosixFilePermissions(made, permissions);
      }
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
    }
    settle(folder);
  }

  static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new NoSuchFileException(file.toString());
    }
    return folder;
  }

  /// One that only its owner can enter; one that is there stays as it is.
  static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only(folder, FOLDER));
    }
  }

  private static void fill(Path made, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private static void keepOwner(Path file, Path made) throws IOException {
    if (Files.notExists(file)) {
      return;
    }
    PosixFileAttributes before = Files.readAttributes(file, PosixFileAttributes.class);
    PosixFileAttributes now = Files.readAttributes(made, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(made, PosixFileAttributeView.class);
    if (!now.owner().equals(before.owner())) {
      view.setOwner(before.owner());
    }
    if (!now.group().equals(before.group())) {
      view.setGroup(before.group());
    }
  }

  /// The name is on the disk as well then, where a folder can be asked for that.
  private static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // Not everywhere; the file is whole in either case.
    }
  }

  /// To make a file or a folder with.
  static FileAttribute<?>[] only(Path path, Set<PosixFilePermission> permissions) {
    return posix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
