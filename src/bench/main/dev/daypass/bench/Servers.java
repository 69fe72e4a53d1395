package dev.daypass.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The broker and the bare endpoint, with the same options, in processes of their own.
final class Servers implements AutoCloseable {
  private final Process brokerProcess;
  private final Process bareProcess;
  private final int brokerPort;
  private final int barePort;

  private Servers(Process brokerProcess, Process bareProcess, int brokerPort, int barePort) {
    this.brokerProcess = brokerProcess;
    this.bareProcess = bareProcess;
    this.brokerPort = brokerPort;
    this.barePort = barePort;
  }

  static Servers start(String brokerJar) throws Exception {
    int brokerPort = freePort();
    int barePort = freePort();
    Path self = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    Process broker =
        launch(
            List.of("-jar", brokerJar),
            Map.of(
                "DAYPASS_PORT", Integer.toString(brokerPort),
                "DAYPASS_DATA", Files.createTempDirectory("daypass-bench").toString(),
                "DAYPASS_ACCOUNT_ID", Setup.ACCOUNT,
                "DAYPASS_BOOTSTRAP_ACCESS_KEY_ID", Setup.KEY_ID,
                "DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY", Setup.SECRET,
                "DAYPASS_PROXIED_ORDERS_HOSTS", Setup.HOST,
                "DAYPASS_PROXIED_ORDERS_ACCOUNT", Setup.ACCOUNT,
                "DAYPASS_PROXIED_ORDERS_REGION", Setup.REGION));
    Process bare =
        launch(
            List.of("-Dquarkus.http.port=" + barePort, "-jar", self.toString(), "serve"), Map.of());
    Servers servers = new Servers(broker, bare, brokerPort, barePort);
    try {
      awaitPort(brokerPort);
      awaitPort(barePort);
      return servers;
    } catch (IllegalStateException e) {
      servers.close();
      throw e;
    }
  }

  private static Process launch(List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("bench", ".log").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void awaitPort(int port) throws Exception {
    for (int i = 0; i < 600; i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException _) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("nothing answers on port " + port);
  }

  ProcessHandle broker() {
    return brokerProcess.toHandle();
  }

  ProcessHandle bare() {
    return bareProcess.toHandle();
  }

  int brokerPort() {
    return brokerPort;
  }

  int barePort() {
    return barePort;
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : List.of(brokerProcess, bareProcess)) {
      process.destroy();
      process.waitFor(30, TimeUnit.SECONDS);
    }
  }
}
