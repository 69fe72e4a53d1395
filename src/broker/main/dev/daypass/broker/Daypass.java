package dev.daypass.broker;

import dev.daypass.broker.embedded.EmbeddedServers;
import dev.daypass.broker.embedded.StartRefused;
import dev.daypass.broker.sealing.SealingKeyFile;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Starts the broker: on the servers it is configured with, or on its own embedded ones.
@QuarkusMain
public final class Daypass {
  private static final int REFUSED = 1;

  private Daypass() {}

  /// Runs until stopped. A start that is refused (data in use, port taken) says why in one line and
  /// exits with 1.
  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      runCommand(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
    }
    refuseWrongSettings();
    try {
      EmbeddedServers.startUnlessConfigured().ifPresent(Daypass::stopAfterTheBroker);
    } catch (StartRefused refused) {
      System.err.println("daypass: " + refused.getMessage());
      System.exit(REFUSED);
    }
    Quarkus.run(null, Daypass::stopped, arguments);
  }

  /// `sealing-key …` or `config …`, and nothing else; anything else starts the broker.
  private static void runCommand(String command, String[] arguments) {
    switch (command) {
      case "sealing-key" -> System.exit(SealingKeyFile.run(arguments));
      case "config" -> System.exit(ConfigCheck.run(arguments));
      default -> {}
    }
  }

  private static void refuseWrongSettings() {
    if (!ConfigCheck.inOrder()) {
      System.exit(REFUSED);
    }
  }

  private static final CountDownLatch STOPPED = new CountDownLatch(1);
  private static final int LONGEST_STOP_SECONDS = 20;

  private static void stopped(int exitCode, @Nullable Throwable failure) {
    STOPPED.countDown();
    if (failure != null) {
      failure.printStackTrace();
    }
    ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(exitCode, failure);
  }

  /// The broker's own connections close before the servers behind them do.
  private static void stopAfterTheBroker(EmbeddedServers servers) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  awaitBroker();
                  servers.close();
                },
                "embedded-servers-stop"));
  }

  private static void awaitBroker() {
    try {
      STOPPED.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
