package dev.daypass.client.store;

import dev.daypass.wire.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program that keeps secrets for others. It is told and tells them by its standard streams:
/// arguments can be seen by everyone on the machine.
///
/// @param patience how long it may take, with the person whom it may ask
record Program(Path file, Duration patience) {
  private static final int LONGEST_OUTPUT = 65_536;
  private static final int LONGEST_COMPLAINT = 200;

  /// @param output what it said
  /// @param complaint what it said went wrong, in one line that a terminal can show
  record Outcome(int exitCode, Secret output, String complaint) {
    boolean failed() {
      return exitCode != 0;
    }
  }

  /// Runs it to its end; [StoreUnavailable] where there is none, or it says far too much.
  Outcome run(Secret input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    Process process = start(command);
    var output = reading(process.getInputStream());
    var complaint = reading(process.getErrorStream());
    try {
      tell(process.getOutputStream(), input);
      byte[] said = output.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      String why = shown(complaint.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
      return new Outcome(process.exitValue(), Secret.of(said), why);
    } catch (TimeoutException _) {
      throw unavailable("does not answer. Does it wait for you somewhere?");
    } catch (ExecutionException _) {
      throw unavailable("says more than it should.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw unavailable("was interrupted.");
    } finally {
      end(process);
    }
  }

  /// Nobody waits for these threads: whatever a program leaves behind can keep its streams open.
  private static CompletableFuture<byte[]> reading(InputStream stream) {
    return CompletableFuture.supplyAsync(() -> read(stream), Thread::startVirtualThread);
  }

  private Process start(List<String> command) {
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException _) {
      throw unavailable("cannot be started.");
    }
  }

  private static void tell(OutputStream stream, Secret input) {
    try (stream) {
      stream.write(input.reveal());
    } catch (IOException _) {
      // It does not want to hear it; what it says of that is what counts.
    }
  }

  private static byte[] read(InputStream stream) {
    try {
      byte[] said = stream.readNBytes(LONGEST_OUTPUT + 1);
      if (said.length > LONGEST_OUTPUT) {
        throw new IllegalStateException("too much");
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With whatever it has started.
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String shown(byte[] said) {
    String line =
        new String(said, StandardCharsets.UTF_8).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.substring(0, Math.min(line.length(), LONGEST_COMPLAINT));
  }

  StoreUnavailable refused(Outcome outcome) {
    return unavailable(
        outcome.complaint().isEmpty()
            ? "failed (exit %d).".formatted(outcome.exitCode())
            : "failed: " + outcome.complaint());
  }

  StoreUnavailable unavailable(String what) {
    return new StoreUnavailable("%s %s".formatted(file.getFileName(), what));
  }
}
