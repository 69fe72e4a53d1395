package dev.daypass.broker.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The processes that call a broker with what a sidecar on their computer gives them: one with the
/// AWS SDK for Java, and one with boto3 where there is one.
final class CallerProcesses implements AutoCloseable {
  /// How many callers there are.
  static final int ALL = 200;

  /// How many of them ask the sidecar each time.
  private static final int FRESH = 100;

  /// How many of the others are of Python's.
  private static final int PYTHON = 10;

  private static final Path SCRIPT = Path.of("test-resources/hour/callers.py").toAbsolutePath();

  private final Path folder;
  private final Map<String, String> environment;
  private final List<Process> processes = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  private CallerProcesses(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /// Starts them, and waits until they call.
  static CallerProcesses start(
      Path folder, URI broker, SidecarProcess sidecar, FastTime.Computer computer)
      throws Exception {
    Map<String, String> environment = new HashMap<>(computer.environment());
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", sidecar.uri());
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", sidecar.token().toString());
    CallerProcesses callers = new CallerProcesses(folder, environment);
    int python = hasBoto3() ? PYTHON : 0;
    if (python == 0) {
      System.out.println("SKIP: there is no python3 with boto3 here, and all callers are Java's");
    }
    callers.java(broker, ALL - FRESH - python);
    if (python > 0) {
      callers.python(broker, python, computer);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> sidecar.served() >= ALL);
    return callers;
  }

  private static boolean hasBoto3() throws Exception {
    try {
      return new ProcessBuilder("python3", "-c", "import boto3").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private void java(URI broker, int cached) throws IOException {
    start(
        "java",
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            HourCallers.class.getName(),
            broker.toString(),
            file("java").toString(),
            Integer.toString(FRESH),
            Integer.toString(cached)));
  }

  private void python(URI broker, int callers, FastTime.Computer computer) throws IOException {
    start(
        "python",
        List.of(
            "python3",
            SCRIPT.toString(),
            broker.toString(),
            file("python").toString(),
            Integer.toString(callers),
            computer.file().toString()));
  }

  private Path file(String name) {
    return folder.resolve(name + ".calls");
  }

  private void start(String name, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
    builder.environment().putAll(environment);
    processes.add(builder.redirectOutput(folder.resolve(name + ".log").toFile()).start());
    files.add(file(name));
  }

  /// Ends them, and says what became of all of their calls.
  List<HourCall> calls() throws Exception {
    close();
    List<HourCall> calls = new ArrayList<>();
    for (Path file : files) {
      calls.addAll(HourCall.in(file));
    }
    return calls;
  }

  @Override
  public void close() throws Exception {
    for (Process process : processes) {
      process.getOutputStream().close();
    }
    for (Process process : processes) {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("callers do not end");
      }
    }
  }
}
