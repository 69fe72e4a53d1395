package dev.daypass.broker.sealing;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Reads the key-encryption keys again when their file has changed, so that they are changed
/// without a restart. A file that cannot be read changes nothing.
@Singleton
final class KeyFileWatch {
  private static final Logger LOG = Logger.getLogger(KeyFileWatch.class);
  private static final long LOOK_MILLIS = Duration.ofSeconds(2).toMillis();

  private final Sealer sealer;
  private final Path file;
  private final Vertx vertx;
  private FileTime seen;

  KeyFileWatch(Sealer sealer, SealingConfig config, Vertx vertx) throws IOException {
    this.sealer = sealer;
    this.file = config.keyFile();
    this.vertx = vertx;
    this.seen = Files.getLastModifiedTime(file);
  }

  void start(@Observes @Priority(20) StartupEvent started) {
    vertx.setPeriodic(LOOK_MILLIS, _ -> vertx.executeBlocking(this::look));
  }

  private synchronized boolean look() {
    try {
      FileTime now = Files.getLastModifiedTime(file);
      if (now.equals(seen)) {
        return false;
      }
      sealer.reload(file);
      seen = now;
      LOG.infof(
          "read the sealing keys anew: %s seals, %d open", sealer.primary(), sealer.ids().size());
      return true;
    } catch (IOException | GeneralSecurityException e) {
      LOG.errorf("the sealing keys were not read anew from %s: %s", file, e.getMessage());
      return false;
    }
  }
}
