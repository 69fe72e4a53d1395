package dev.daypass.broker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server that outlived a broker killed before it could stop it. We hold the data folder's lock,
/// so whatever still runs on it is nobody's.
final class Orphan {
  private static final int LONGEST_STOP_SECONDS = 20;

  private Orphan() {}

  /// Stops the process that `pidFile` names, if it still runs and is the server of `folder`.
  static void stop(Path pidFile, Path folder) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null || !worksIn(process, folder)) {
      Files.delete(pidFile);
      return;
    }
    // SIGINT and SIGTERM both let PostgreSQL and Redis write what they hold before they go.
    process.destroy();
    awaitEnd(process);
  }

  /// A process id may have been given to another program since. Redis does not name its folder in
  /// its command line, but works in it.
  private static boolean worksIn(ProcessHandle process, Path folder) throws IOException {
    Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
    return process.info().commandLine().filter(line -> line.contains(folder.toString())).isPresent()
        || (Files.exists(workingFolder) && Files.isSameFile(workingFolder, folder));
  }

  private static void awaitEnd(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      throw new StartRefused(
          "process %d still works on the data folder and does not stop.".formatted(process.pid()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a left-over server stopped");
    }
  }
}
