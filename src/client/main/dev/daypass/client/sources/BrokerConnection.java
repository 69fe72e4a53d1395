package dev.daypass.client.sources;

import dev.daypass.client.BrokerAddress;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The way to one broker: nothing is asked of anybody else, and no redirect is followed.
public final class BrokerConnection {
  private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 1 << 17;

  private final URI server;
  private final HttpClient http;
  private final BrokerClock clock;

  /// What came back.
  record Answer(int status, String body, Optional<Duration> retryAfter) {}

  private BrokerConnection(URI server, HttpClient http, BrokerClock clock) {
    this.server = server;
    this.http = http;
    this.clock = clock;
  }

  /// A connection; nothing is sent yet. Fails with [IllegalArgumentException] for an address that
  /// is none, or to which secrets would travel for everybody to read, and with [IOException] for a
  /// file that cannot be read.
  ///
  /// @param server such as `https://daypass.example.com`
  /// @param caFile the certificate authorities, PEM, in place of the JDK's
  /// @param plainHttp whether `http` may leave this computer: something else encrypts
  public static BrokerConnection to(
      URI server, Optional<Path> caFile, boolean plainHttp, BrokerClock clock) throws IOException {
    check(server, plainHttp);
    HttpClient.Builder http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE_TO_CONNECT);
    if (caFile.isPresent()) {
      http.sslContext(trusting(caFile.get()));
    }
    return new BrokerConnection(server, http.build(), clock);
  }

  private static void check(URI server, boolean plainHttp) {
    if (!BrokerAddress.wellFormed(server)) {
      throw new IllegalArgumentException(
          "`%s` is no broker's address such as https://daypass.example.com.".formatted(server));
    }
    if (!plainHttp && !BrokerAddress.confidential(server)) {
      throw new IllegalArgumentException(
          "Credentials would travel to `%s` unencrypted. Use https, or allow it by name."
              .formatted(server));
    }
  }

  private static SSLContext trusting(Path caFile) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate authority : Certificates.read(caFile)) {
        store.setCertificateEntry(
            authority.getSerialNumber() + " " + authority.getIssuerX500Principal(), authority);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates of " + caFile + " cannot be read", e);
    }
  }

  public URI server() {
    return server;
  }

  /// Its time.
  public BrokerClock clock() {
    return clock;
  }

  /// A request to the broker that nothing signs yet.
  HttpMessage request(String path, String query, String contentType, String body) {
    String host =
        server.getPort() < 0 ? server.getHost() : server.getHost() + ":" + server.getPort();
    return new HttpMessage(
        "POST",
        path,
        query,
        List.of(new Header("host", host), new Header("content-type", contentType)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends it; fails with [IOException] where no answer comes.
  Answer send(HttpMessage message) throws IOException {
    String target =
        message.query().isEmpty() ? message.path() : message.path() + "?" + message.query();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(target))
            .timeout(PATIENCE)
            .method(message.method(), BodyPublishers.ofByteArray(message.body()));
    message.headers().stream()
        .filter(header -> !header.name().equals("host"))
        .forEach(header -> request.header(header.name(), header.value()));
    try {
      HttpResponse<String> answer =
          http.send(
              request.build(),
              BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER));
      answer.headers().firstValue("date").flatMap(BrokerConnection::date).ifPresent(clock::heard);
      return new Answer(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("retry-after").flatMap(BrokerConnection::seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("[0-9]{1,5}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }
}
