package dev.daypass.cli;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/// `/dev/tty`, which tells every key as it is pressed, and shows none.
record RawTerminal(Reader in, PrintStream out, int columns, String former, Thread restoring)
    implements AutoCloseable {
  private static final int USUAL_COLUMNS = 80;

  /// Whether there is one to press keys at: a program in the background is stopped when it reads.
  static boolean usable(Surroundings around) {
    return !around.dumb() && !around.unattended() && Terminal.there() && foreground();
  }

  private static boolean foreground() {
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      Process process = new ProcessBuilder("ps", "-o", "tpgid=,pgid=", "-p", self).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] groups = said.strip().split("\\s+");
      return groups.length == 2 && groups[0].equals(groups[1]);
    } catch (IOException _) {
      return false;
    }
  }

  /// Asks the terminal to put this on the clipboard (OSC 52), which not every terminal does.
  void copy(String text) {
    out.print(
        "\u001b]52;c;"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "\u0007");
    out.flush();
  }

  static RawTerminal open() throws IOException {
    String former = stty("-g");
    Thread restoring = new Thread(() -> restore(former));
    Runtime.getRuntime().addShutdownHook(restoring);
    stty("-echo", "-icanon", "min", "1", "time", "0");
    return new RawTerminal(
        new BufferedReader(
            new InputStreamReader(new FileInputStream("/dev/tty"), StandardCharsets.UTF_8)),
        new PrintStream(new FileOutputStream("/dev/tty"), false, StandardCharsets.UTF_8),
        width(),
        former,
        restoring);
  }

  /// One that does not know how wide it is says 0.
  private static int width() throws IOException {
    String[] size = stty("size").split(" ");
    int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
    return columns > 20 ? columns : USUAL_COLUMNS;
  }

  private static String stty(String... arguments) throws IOException {
    ProcessBuilder stty = new ProcessBuilder("stty");
    stty.command().addAll(List.of(arguments));
    Process process = stty.redirectInput(Path.of("/dev/tty").toFile()).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    try {
      if (process.waitFor() != 0) {
        throw new Stop(ExitCode.FAILED, "The terminal cannot be set up. Name the role instead.");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return said;
  }

  private static void restore(String former) {
    try {
      stty(former);
    } catch (IOException | Stop _) {
      // The terminal is gone.
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    out.close();
    restore(former);
    Runtime.getRuntime().removeShutdownHook(restoring);
  }
}
