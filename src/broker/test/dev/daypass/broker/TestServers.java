package dev.daypass.broker;

import dev.daypass.broker.embedded.EmbeddedServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Real PostgreSQL and Redis for a test run, in a folder of their own.
public final class TestServers implements QuarkusTestResourceLifecycleManager {
  public static final String ACCOUNT = "111122223333";
  public static final String ADMIN_KEY = "AKIAADMINEXAMPLE0001";
  static final String ADMIN_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  private EmbeddedServers servers;

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory("daypass-test");
      servers = EmbeddedServers.start(folder);
      Map<String, String> settings = new HashMap<>(servers.settings());
      settings.put("daypass.data", folder.toString());
      settings.put("daypass.account-id", ACCOUNT);
      // Those who want a digest make it.
      settings.put("daypass.audit.digest-every", "1h");
      settings.put("daypass.bootstrap.access-key-id", ADMIN_KEY);
      settings.put("daypass.bootstrap.secret-access-key", ADMIN_SECRET);
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    servers.close();
  }
}
