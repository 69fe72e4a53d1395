package dev.daypass.broker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Issuers as an operator configures them: a private certificate authority, a certificate for
/// `*.issuers.test`, and a port. The tests serve there.
public final class TestIssuers implements QuarkusTestResourceLifecycleManager {
  static final String FOLDER = "test-issuers.folder";
  static final String PORT = "test-issuers.port";
  static final String PASSWORD = "password";

  /// Of a provider without TLS.
  static final String PLAIN_PORT = "test-issuers.plain-port";

  /// Hosts that are configured with the authority and the loopback network.
  private static final List<String> HOSTS =
      List.of(
          "k8s",
          "github",
          "spiffe",
          "rotating",
          "outage",
          "slow",
          "redirect",
          "long",
          "many",
          "other",
          "plain",
          "metadata",
          "rebind",
          "counted",
          "attacked",
          "trust",
          "idp",
          "idp2");

  @Override
  public Map<String, String> start() {
    try (ServerSocket free = new ServerSocket(0);
        ServerSocket plain = new ServerSocket(0)) {
      Path folder = Files.createTempDirectory("daypass-issuers");
      certificates(folder);
      System.setProperty(FOLDER, folder.toString());
      System.setProperty(PORT, Integer.toString(free.getLocalPort()));
      System.setProperty(PLAIN_PORT, Integer.toString(plain.getLocalPort()));
      Map<String, String> settings = settings(folder, free.getLocalPort());
      upstream(settings, "local", "http://127.0.0.1:" + plain.getLocalPort());
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> settings(Path folder, int port) {
    Map<String, String> settings = new HashMap<>();
    for (String host : HOSTS) {
      String prefix = "daypass.web-identity.issuers." + host + ".";
      String path = host.equals("spiffe") ? "/trust/domain" : "";
      settings.put(prefix + "url", "https://" + host + ".issuers.test:" + port + path);
      settings.put(prefix + "ca-file", folder.resolve("ca.pem").toString());
      settings.put(prefix + "networks", "127.0.0.0/8");
    }
    upstream(settings, "idp", "https://idp.issuers.test:" + port);
    settings.put("daypass.upstream.idp.client-secret", "the secret");
    settings.put("daypass.upstream.idp.label", "Sign in with the company");
    settings.put("daypass.upstream.idp.trusted-amr", "hwk");
    settings.put("daypass.upstream.idp.trusted-acr", "phr");
    upstream(settings, "idp2", "https://idp2.issuers.test:" + port);
    settings.put("daypass.upstream.idp2.user-claim", "email");
    settings.put("daypass.upstream.idp2.scopes", "openid email");
    settings.put(
        "daypass.web-identity.issuers.k8s.claims",
        "kubernetes.io/namespace,kubernetes.io/serviceaccount/name");
    settings.put(
        "daypass.web-identity.issuers.github.claims", "repository,environment,run_attempt");
    settings.put("daypass.web-identity.issuers.offline.url", "https://offline.example.com");
    settings.put(
        "daypass.web-identity.issuers.offline.jwks-file", folder.resolve("jwks.json").toString());
    settings.put(
        "daypass.web-identity.issuers.private.url", "https://private.issuers.test:" + port);
    settings.put(
        "daypass.web-identity.issuers.private.ca-file", folder.resolve("ca.pem").toString());
    settings.put(
        "daypass.web-identity.issuers.untrusted.url", "https://untrusted.issuers.test:" + port);
    settings.put("daypass.web-identity.issuers.untrusted.networks", "127.0.0.0/8");
    settings.put("daypass.web-identity.issuers.misnamed.url", "https://misnamed.test:" + port);
    settings.put("daypass.web-identity.issuers.misnamed.networks", "127.0.0.0/8");
    settings.put(
        "daypass.web-identity.issuers.misnamed.ca-file", folder.resolve("ca.pem").toString());
    return settings;
  }

  private static void upstream(Map<String, String> settings, String name, String issuer) {
    String prefix = "daypass.upstream." + name + ".";
    settings.put(prefix + "issuer", issuer);
    settings.put(prefix + "client-id", "daypass");
    settings.put(prefix + "account", TestServers.ACCOUNT);
  }

  private static void certificates(Path folder) throws IOException {
    keytool(folder, "-genkeypair -alias ca -keyalg EC -dname CN=ca -ext bc:c -keystore ca.p12");
    keytool(folder, "-exportcert -rfc -alias ca -file ca.pem -keystore ca.p12");
    keytool(folder, "-genkeypair -alias server -keyalg EC -dname CN=server -keystore server.p12");
    keytool(folder, "-certreq -alias server -file server.csr -keystore server.p12");
    keytool(
        folder,
        "-gencert -rfc -alias ca -infile server.csr -outfile server.pem"
            + " -ext san=dns:*.issuers.test -keystore ca.p12");
    keytool(folder, "-importcert -noprompt -alias ca -file ca.pem -keystore server.p12");
    keytool(folder, "-importcert -noprompt -alias server -file server.pem -keystore server.p12");
  }

  private static void keytool(Path folder, String arguments) throws IOException {
    String command =
        System.getProperty("java.home") + "/bin/keytool " + arguments + " -storepass " + PASSWORD;
    try {
      Process process =
          new ProcessBuilder(command.split(" "))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("keytool.log").toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(Files.readString(folder.resolve("keytool.log")));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    // What serves there is the tests' own.
  }
}
