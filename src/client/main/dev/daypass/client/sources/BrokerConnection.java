package dev.daypass.client.sources;

import dev.daypass.client.BrokerAddress;
import dev.daypass.client.HttpDate;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// The way to one broker: nothing is asked of anybody else, and no redirect is followed.
///
/// It is the JDK's older client, since the newer one costs a workload's sidecar four megabytes and
/// a thread, to call every half minute.
public final class BrokerConnection {
  private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 1 << 17;
  private static final int FIRST_ERROR = 400;
  private static final int FORBIDDEN = 403;

  /// No signature is refused for less.
  private static final Duration HARMLESS_SKEW = Duration.ofMinutes(1);

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  private final URI server;
  private final Optional<SSLSocketFactory> trusting;
  private final BrokerClock clock;

  /// What came back.
  record Answer(int status, String body, Optional<Duration> retryAfter) {}

  private BrokerConnection(URI server, Optional<SSLSocketFactory> trusting, BrokerClock clock) {
    this.server = server;
    this.trusting = trusting;
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
    Optional<SSLSocketFactory> trusting = Optional.empty();
    if (caFile.isPresent()) {
      trusting = Optional.of(trusting(caFile.get()).getSocketFactory());
    }
    return new BrokerConnection(server, trusting, clock);
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
    return new HttpMessage(
        "POST",
        path,
        query,
        List.of(new Header("host", host()), new Header("content-type", contentType)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /// As it is sent, and signed: a port that goes without saying is not said.
  private String host() {
    boolean usual = server.getPort() == (server.getScheme().equals("https") ? HTTPS : HTTP);
    return server.getPort() < 0 || usual
        ? server.getHost()
        : server.getHost() + ":" + server.getPort();
  }

  /// Sends what is signed for the time at the broker: once more where it was refused and the answer
  /// tells that it is another time there. A clock that is wrong, or was just set, costs one call.
  Answer send(Function<Instant, HttpMessage> signed) throws IOException {
    Duration believed = clock.skew();
    Answer answer = send(signed.apply(clock.instant()));
    boolean mistaken = clock.skew().minus(believed).abs().compareTo(HARMLESS_SKEW) > 0;
    return answer.status() == FORBIDDEN && mistaken ? send(signed.apply(clock.instant())) : answer;
  }

  /// Sends it; fails with [IOException] where no answer comes within five seconds, or a huge one.
  Answer send(HttpMessage message) throws IOException {
    HttpURLConnection connection = connection(message);
    // What comes byte by byte never times out by itself.
    FutureTask<Answer> answer = new FutureTask<>(() -> exchange(connection, message.body()));
    Thread.ofVirtual().start(answer);
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (TimeoutException _) {
      Thread.ofVirtual().start(connection::disconnect);
      throw new SocketTimeoutException("no answer within %d s".formatted(PATIENCE.toSeconds()));
    } catch (InterruptedException e) {
      Thread.ofVirtual().start(connection::disconnect);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private HttpURLConnection connection(HttpMessage message) throws IOException {
    String target =
        message.query().isEmpty() ? message.path() : message.path() + "?" + message.query();
    var connection = (HttpURLConnection) server.resolve(target).toURL().openConnection();
    if (connection instanceof HttpsURLConnection https) {
      trusting.ifPresent(https::setSSLSocketFactory);
    }
    connection.setConnectTimeout((int) PATIENCE_TO_CONNECT.toMillis());
    connection.setReadTimeout((int) PATIENCE.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(message.method());
    connection.setDoOutput(true);
    // Else the JDK sends it once more where a connection breaks, and nobody hears of it.
    connection.setFixedLengthStreamingMode(message.body().length);
    message.headers().stream()
        .filter(header -> !header.name().equals("host"))
        .forEach(header -> connection.setRequestProperty(header.name(), header.value()));
    // Calls are half a minute apart, which is longer than connections are kept.
    connection.setRequestProperty("connection", "close");
    return connection;
  }

  private Answer exchange(HttpURLConnection connection, byte[] body) throws IOException {
    try {
      connection.connect();
      checkProtocol(connection);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      return answer(connection, connection.getResponseCode());
    } finally {
      connection.disconnect();
    }
  }

  private Answer answer(HttpURLConnection connection, int status) throws IOException {
    Optional.ofNullable(connection.getHeaderField("date"))
        .flatMap(HttpDate::parse)
        .ifPresent(clock::heard);
    return new Answer(
        status,
        body(connection, status),
        Optional.ofNullable(connection.getHeaderField("retry-after"))
            .flatMap(BrokerConnection::seconds));
  }

  /// Nothing is sent over less, even where the JDK was told to take it.
  private static void checkProtocol(HttpURLConnection connection) throws IOException {
    if (connection instanceof HttpsURLConnection https) {
      String protocol = https.getSSLSession().map(SSLSession::getProtocol).orElse("no TLS");
      if (!PROTOCOLS.contains(protocol)) {
        throw new IOException("the broker speaks " + protocol);
      }
    }
  }

  private static String body(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream()) {
      // An error may have none.
      byte[] body = in == null ? new byte[0] : in.readNBytes(LONGEST_ANSWER + 1);
      if (body.length > LONGEST_ANSWER) {
        throw new IOException("the answer is too long");
      }
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("[0-9]{1,5}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }
}
