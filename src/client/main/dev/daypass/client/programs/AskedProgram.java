package dev.daypass.client.programs;

import dev.daypass.wire.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program that knows something, asked without a shell. It is told and tells by its standard
/// streams: arguments can be seen by everyone on the machine. It ends with the answer, and so does
/// whatever it has started.
///
/// @param command the program and its arguments
/// @param patience how long it may take, with the person whom it may ask
/// @param aloud whether what it complains of goes to standard error as it comes
public record AskedProgram(List<String> command, Duration patience, boolean aloud) {
  private static final int LONGEST_OUTPUT = 65_536;
  private static final int LONGEST_COMPLAINT = 200;

  public AskedProgram {
    command = List.copyOf(command);
  }

  /// @param output what it said, 64 KiB at most
  /// @param complaint what it said went wrong, in one line that a terminal can show; nothing where
  ///   that was said aloud
  public record Outcome(int exitCode, Secret output, String complaint) {
    public boolean failed() {
      return exitCode != 0;
    }
  }

  /// Why there is no outcome, as what follows the program's name.
  public static final class NoAnswer extends Exception {
    NoAnswer(String why) {
      super(why, null, false, false);
    }

    /// Such as "cannot be started."
    public String why() {
      return String.valueOf(getMessage());
    }
  }

  /// Runs it to its end; [NoAnswer] where there is none, or it says far too much.
  public Outcome ask(Secret input) throws NoAnswer {
    Process process = start();
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
      throw new NoAnswer("does not answer. Does it wait for you somewhere?");
    } catch (ExecutionException _) {
      throw new NoAnswer("says more than it should.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("was interrupted.");
    } finally {
      end(process);
    }
  }

  /// Nobody waits for these threads: whatever a program leaves behind can keep its streams open.
  private static CompletableFuture<byte[]> reading(InputStream stream) {
    return CompletableFuture.supplyAsync(() -> read(stream), Thread::startVirtualThread);
  }

  private Process start() throws NoAnswer {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      if (aloud) {
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      }
      return builder.start();
    } catch (IOException _) {
      throw new NoAnswer("cannot be started.");
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
}
