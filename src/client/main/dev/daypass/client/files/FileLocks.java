package dev.daypass.client.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// One at a time, be it a thread or a process: by a file that stays, since one that is deleted
/// would let two in.
public final class FileLocks {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  /// A process holds a file as a whole, and loses it with the first of its channels that closes:
  /// its threads are told apart before one is opened.
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private FileLocks() {}

  /// What is done meanwhile.
  public interface Work {
    void run() throws IOException;
  }

  /// Does something while nobody else does such a thing; fails with [IOException] where somebody
  /// holds the lock for five seconds.
  public static void holding(Path lock, Work work) throws IOException {
    ReentrantLock thread = THREADS.computeIfAbsent(lock.toAbsolutePath(), _ -> new ReentrantLock());
    try {
      if (!thread.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw held(lock);
      }
      try {
        holdingFile(lock, work);
      } finally {
        thread.unlock();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before " + lock);
    }
  }

  private static void holdingFile(Path lock, Work work) throws IOException, InterruptedException {
    WholeFile.makeFolder(WholeFile.folder(lock));
    try (FileChannel channel =
            FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                WholeFile.only(lock, OWNER));
        var _ = acquired(channel, lock)) {
      work.run();
    }
  }

  private static FileLock acquired(FileChannel channel, Path lock)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    FileLock acquired = channel.tryLock();
    while (acquired == null) {
      if (System.nanoTime() - end > 0) {
        throw held(lock);
      }
      Thread.sleep(PAUSE);
      acquired = channel.tryLock();
    }
    return acquired;
  }

  private static IOException held(Path lock) {
    return new IOException("another program holds " + lock);
  }
}
