package dev.daypass.cli;

import dev.daypass.wire.Secret;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Asks a person. It talks to the terminal itself, whatever standard input and output are; or,
/// where asked to, reads answers from standard input, line by line, and shows no prompts.
interface Terminal extends AutoCloseable {
  String line(String prompt) throws IOException;

  Secret secret(String prompt) throws IOException;

  /// Something new, typed twice; [Stop] where the two differ.
  default Secret twice(String prompt) throws IOException {
    Secret first = secret(prompt);
    if (!first.equals(secret("Again: "))) {
      throw new Stop(ExitCode.FAILED, "The two are not the same. Nothing was changed.");
    }
    return first;
  }

  void say(String text);

  @Override
  void close() throws IOException;

  /// Whether there is a controlling terminal.
  static boolean there() {
    try (var _ = new FileOutputStream("/dev/tty")) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// The controlling terminal; fails with [Stop] where there is none.
  static Terminal open() throws IOException {
    Path tty = Path.of("/dev/tty");
    if (!Files.isWritable(tty)) {
      throw new Stop(
          ExitCode.SIGN_IN, "There is no terminal to ask at. Use --stdin to pipe the answers in.");
    }
    try {
      return new Tty(new FileInputStream(tty.toFile()), new FileOutputStream(tty.toFile()));
    } catch (IOException _) {
      throw new Stop(
          ExitCode.SIGN_IN, "There is no terminal to ask at. Use --stdin to pipe the answers in.");
    }
  }

  /// Answers from standard input.
  static Terminal piped(InputStream in) {
    return new Piped(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
  }

  /// `/dev/tty`.
  final class Tty implements Terminal {
    private final InputStream input;
    private final BufferedReader in;
    private final PrintStream out;

    private Tty(InputStream input, OutputStream output) {
      this.input = input;
      this.in = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
      this.out = new PrintStream(output, true, StandardCharsets.UTF_8);
    }

    @Override
    public String line(String prompt) throws IOException {
      out.print(prompt);
      out.flush();
      return answer(in.readLine());
    }

    @Override
    public Secret secret(String prompt) throws IOException {
      Thread restore = new Thread(() -> echo(true));
      Runtime.getRuntime().addShutdownHook(restore);
      echo(false);
      try {
        return Secret.of(line(prompt));
      } finally {
        echo(true);
        out.println();
        Runtime.getRuntime().removeShutdownHook(restore);
      }
    }

    @Override
    public void say(String text) {
      out.println(text);
    }

    private static void echo(boolean on) {
      try {
        new ProcessBuilder("stty", on ? "echo" : "-echo")
            .redirectInput(Path.of("/dev/tty").toFile())
            .start()
            .waitFor();
      } catch (IOException e) {
        throw new Stop(
            ExitCode.FAILED, "The terminal's echo cannot be turned off: " + e.getMessage());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws IOException {
      input.close();
      out.close();
    }
  }

  /// Standard input.
  record Piped(BufferedReader in) implements Terminal {
    @Override
    public String line(String prompt) throws IOException {
      return answer(in.readLine());
    }

    @Override
    public Secret secret(String prompt) throws IOException {
      return Secret.of(line(prompt));
    }

    @Override
    public void say(String text) {}

    @Override
    public void close() {}
  }

  private static String answer(@org.jspecify.annotations.Nullable String line) {
    if (line == null) {
      throw new Stop(ExitCode.USAGE, "Cancelled.");
    }
    return line.strip();
  }
}
