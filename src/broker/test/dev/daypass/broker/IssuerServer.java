package dev.daypass.broker;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Issuers of tokens, served over TLS, told apart by their host.
public final class IssuerServer implements AutoCloseable {
  static final RSAKey KEY = rsa("key-1");

  final Map<String, List<JWK>> keys = new ConcurrentHashMap<>();
  final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
  final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final HttpsServer server;
  private final int port = Integer.getInteger(TestIssuers.PORT);

  public IssuerServer() {
    try {
      server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path folder() {
    return Path.of(System.getProperty(TestIssuers.FOLDER));
  }

  private static SSLContext tls() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(folder().resolve("server.p12"))) {
      store.load(in, TestIssuers.PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, TestIssuers.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /// The issuer of this name.
  public String issuer(String name) {
    return "https://"
        + name
        + ".issuers.test:"
        + port
        + (name.equals("spiffe") ? "/trust/domain" : "");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestHeaders().getFirst("Host").split("\\.")[0];
    requests.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
    handlers.getOrDefault(name, e -> serve(name, e)).handle(exchange);
  }

  void serve(String name, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/.well-known/openid-configuration")) {
      answer(
          exchange,
          """
          {"issuer": "%s", "jwks_uri": "%s/keys"}"""
              .formatted(issuer(name), issuer(name)));
    } else {
      answer(exchange, new JWKSet(keys.getOrDefault(name, List.of(KEY))).toString());
    }
  }

  static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  int requests(String name) {
    return requests.getOrDefault(name, new AtomicInteger()).get();
  }

  /// The claims of a token that is as it should be.
  public JWTClaimsSet.Builder claims(String name, String subject) {
    var now = new TestClock().instant();
    return new JWTClaimsSet.Builder()
        .issuer(issuer(name))
        .subject(subject)
        .audience("sts.amazonaws.com")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
  }

  public static String sign(JWTClaimsSet.Builder claims) {
    return sign(claims, JWSAlgorithm.RS256, KEY);
  }

  static String sign(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWK key) {
    return sign(
        claims,
        new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build(),
        key);
  }

  static String sign(JWTClaimsSet.Builder claims, JWSHeader header, JWK key) {
    try {
      SignedJWT token = new SignedJWT(header, claims.build());
      token.sign(
          switch (key) {
            case RSAKey rsa -> new RSASSASigner(rsa);
            case ECKey ec -> new ECDSASigner(ec);
            default -> new Ed25519Signer((OctetKeyPair) key);
          });
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
