package dev.daypass.client.aws;

import dev.daypass.client.files.FileLocks;
import dev.daypass.client.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// `~/.aws/config` or `~/.aws/credentials` on the disk. It is changed whole or not at all, and by
/// one at a time of those who know the lock beside it: `.<name>.daypass-lock`. A symbolic link
/// stays one, and what it leads to is changed.
///
/// A file that is there keeps its owner, its group and its permissions; one that is made is for its
/// owner alone.
public final class ProfileFile {
  private static final int LARGEST = 1 << 20;
  private static final int MOST_LINKS = 20;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final Set<PosixFilePermission> most;

  private ProfileFile(Path path, Set<PosixFilePermission> most) {
    this.path = path;
    this.most = most;
  }

  /// The file at this path; it need not be there.
  public static ProfileFile at(Path path) {
    return new ProfileFile(path, EnumSet.allOf(PosixFilePermission.class));
  }

  /// The same, but for a file with secrets: whatever others may do with it, they may not any more
  /// once it has been changed.
  public static ProfileFile secret(Path path) {
    return new ProfileFile(path, OWNER);
  }

  public Path path() {
    return path;
  }

  /// What is in it; nothing where it is not there. Fails with [IOException] for what cannot be
  /// read: no UTF-8, more than 1 MiB, or what [ProfileText#parse] refuses.
  public ProfileText read() throws IOException {
    return read(target());
  }

  /// Changes it, or makes it. Nothing is written where nothing is different. Fails with
  /// [IOException] for what [#read] refuses, for a disk that does not do it, and where another
  /// program holds the lock for five seconds; nothing has changed then. What `edit` throws comes
  /// out as it is.
  ///
  /// @param edit is given what is there while nobody else changes it
  public void change(UnaryOperator<ProfileText> edit) throws IOException {
    Path target = target();
    Path lock = target.resolveSibling("." + target.getFileName() + ".daypass-lock");
    FileLocks.holding(
        lock,
        () -> {
          ProfileText before = read(target);
          String after = edit.apply(before).text();
          if (!after.equals(before.text())) {
            WholeFile.write(target, after.getBytes(StandardCharsets.UTF_8), permissions(target));
          }
        });
  }

  private ProfileText read(Path target) throws IOException {
    try {
      if (Files.size(target) > LARGEST) {
        throw new IOException(path + " is too large");
      }
      byte[] content = Files.readAllBytes(target);
      return ProfileText.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (NoSuchFileException _) {
      return ProfileText.parse("");
    } catch (CharacterCodingException _) {
      throw new IOException(path + " is not UTF-8");
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage());
    }
  }

  /// Where the links end, be there a file or not.
  private Path target() throws IOException {
    Path target = path.toAbsolutePath();
    for (int links = 0; links < MOST_LINKS; links++) {
      if (!Files.isSymbolicLink(target)) {
        return Files.exists(target) ? target.toRealPath() : target;
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    throw new FileSystemLoopException(path.toString());
  }

  private Set<PosixFilePermission> permissions(Path target) throws IOException {
    return there(target)
        .map(
            is -> {
              Set<PosixFilePermission> kept = EnumSet.copyOf(most);
              kept.retainAll(is);
              return kept;
            })
        .orElse(OWNER);
  }

  private static Optional<Set<PosixFilePermission>> there(Path target) throws IOException {
    return Files.exists(target)
            && target.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Optional.of(Files.getPosixFilePermissions(target))
        : Optional.empty();
  }
}
