package dev.daypass.broker.sealing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Finds the key-encryption key, or makes it for an installation that has sealed nothing yet.
final class SealerFactory {
  private static final Logger LOG = Logger.getLogger(SealerFactory.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Produces
  @Singleton
  Sealer sealer(SealingConfig config, Pool database) throws IOException, GeneralSecurityException {
    Path file = config.keyFile();
    if (!Files.exists(file)) {
      if (somethingIsSealed(database).await().atMost(PATIENCE)) {
        // A new key would open nothing of what is there.
        throw new IllegalStateException(
            "the sealing key `%s` does not exist, and the database was sealed under one: put it back, or name it with daypass.sealing.key-file"
                .formatted(file));
      }
      Sealer.createFile(file);
      LOG.infof("made the sealing key %s: back it up, apart from the database", file);
    }
    return Sealer.fromFile(file);
  }

  private static Uni<Boolean> somethingIsSealed(Pool database) {
    return database
        .query("select exists (select from broker_key)")
        .execute()
        .map(rows -> rows.iterator().next().getBoolean(0));
  }
}
