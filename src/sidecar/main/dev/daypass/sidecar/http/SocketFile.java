package dev.daypass.sidecar.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A Unix socket in the file system, which its owner alone can reach. One that a process has left
/// behind is replaced; whatever else is in its place stays.
record SocketFile(ServerSocketChannel channel, Path path, @Nullable Object key)
    implements AutoCloseable {
  private static final int BACKLOG = 128;

  /// What `sun_path` has room for on macOS; on Linux it is 107.
  private static final int LONGEST_PATH = 103;

  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;

  /// Begins to listen; fails with [IOException] where something else is, or somebody listens.
  static SocketFile listen(Path path) throws IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw new IOException("a socket's path has at most %d bytes".formatted(LONGEST_PATH));
    }
    refuseTaken(path);
    // Nobody can reach it before it is its owner's alone: that takes a folder which is.
    Path folder =
        Files.createTempDirectory(
            path.getParent(),
            ".dp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path made = folder.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(made), BACKLOG);
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
      Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
      return new SocketFile(channel, path, key(path));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    } finally {
      Files.deleteIfExists(made);
      Files.delete(folder);
    }
  }

  private static void refuseTaken(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE) != SOCKET) {
      throw new IOException("it is there, and no socket");
    }
    if (answered(path)) {
      throw new IOException("somebody listens there");
    }
  }

  private static boolean answered(Path path) {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /// Takes it away, unless somebody else has put another in its place.
  @Override
  public void close() {
    try {
      channel.close();
      if (Objects.equals(key, key(path))) {
        Files.delete(path);
      }
    } catch (IOException _) {
      // It is gone, or stays as one that was left behind.
    }
  }
}
