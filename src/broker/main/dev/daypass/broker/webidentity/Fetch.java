package dev.daypass.broker.webidentity;

import dev.daypass.policy.AddressRange;
import dev.daypass.wire.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/// Asks an issuer: over TLS alone (but of one on this very computer, which is for development), at
/// the one address that was checked (so that a name that means another address a moment later leads
/// nowhere), without following redirects, and never more than 512 KiB or longer than five seconds.
@Singleton
final class Fetch {
  private static final int MOST_AT_ONCE = 16;
  private static final int LONGEST_BODY = 512 << 10;
  private static final long LONGEST_MILLIS = 5_000;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final int CALLERS_FAULT = 4;
  private static final int OK = 200;
  private static final Pattern LOOPBACK =
      Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1)(?::[1-9][0-9]{0,4})?(?:/[!-~]*)?");
  private static final String JDK_AUTHORITIES = "";

  private final Vertx vertx;
  private final NameService names;
  private final Issuers issuers;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

  Fetch(Vertx vertx, NameService names, Issuers issuers) {
    this.vertx = vertx;
    this.names = names;
    this.issuers = issuers;
  }

  /// Whether a URL is plain HTTP on this computer.
  static boolean isLoopback(String url) {
    return LOOPBACK.matcher(url).matches();
  }

  /// The issuer is there, and does not take what was asked.
  static final class Refused extends IOException {
    Refused(String message) {
      super(message);
    }
  }

  /// What is asked.
  private record Message(
      String issuer, HttpMethod method, Map<String, String> headers, Buffer body) {}

  /// What the issuer has at `url`. Fails with [IOException], whose message tells an operator why.
  Future<Buffer> get(String issuer, String url) {
    return send(url, new Message(issuer, HttpMethod.GET, Map.of(), Buffer.buffer()));
  }

  /// What the issuer answers to a form; the same.
  ///
  /// @param basic a name and a password (RFC 7617)
  Future<Buffer> post(String issuer, String url, Secret form, Optional<Secret> basic) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    basic.ifPresent(
        secret ->
            headers.put(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(secret.revealText().getBytes(StandardCharsets.UTF_8))));
    return send(
        url, new Message(issuer, HttpMethod.POST, headers, Buffer.buffer(form.revealText())));
  }

  private Future<Buffer> send(String url, Message message) {
    if (!places.tryAcquire()) {
      return Future.failedFuture(new IOException("too much is fetched already"));
    }
    Promise<Buffer> read = Promise.promise();
    long timer =
        vertx.setTimer(
            LONGEST_MILLIS, _ -> read.tryFail(new IOException(url + " took too long to read")));
    Future<Buffer> done = read.future();
    done.onComplete(
        _ -> {
          vertx.cancelTimer(timer);
          places.release();
        });
    try {
      URI uri = secure(message.issuer(), url);
      address(message.issuer(), uri.getHost())
          .compose(address -> client(message.issuer()).request(options(message, uri, address)))
          .compose(request -> exchange(request, message, uri, read))
          .onFailure(failure -> read.tryFail(new IOException(url + " cannot be read", failure)));
    } catch (IOException refused) {
      read.tryFail(refused);
    }
    return done;
  }

  private static URI secure(String issuer, String url) throws IOException {
    try {
      URI uri = new URI(url);
      if (("https".equals(uri.getScheme()) || isLoopback(issuer) && isLoopback(url))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IOException("not a URL", e);
    }
    throw new IOException(url + " is not read: only https URLs are");
  }

  private Future<InetAddress> address(String issuer, String host) {
    return vertx
        .executeBlocking(() -> allowed(issuer, host, names.resolve(host)), false)
        .map(address -> Objects.requireNonNull(address));
  }

  /// Every address must be allowed, not one among others.
  private InetAddress allowed(String issuer, String host, List<InetAddress> addresses)
      throws UnknownHostException {
    List<AddressRange> networks = issuers.networks(issuer);
    for (InetAddress address : addresses) {
      boolean named =
          networks.stream().anyMatch(range -> range.contains(address.getAddress()))
              || isLoopback(issuer) && address.isLoopbackAddress();
      if (!named && !PublicAddresses.contains(address)) {
        throw new UnknownHostException(
            "%s is at %s, which is not public and not in the issuer's configured networks"
                .formatted(host, address.getHostAddress()));
      }
    }
    return addresses.getFirst();
  }

  private static RequestOptions options(Message message, URI uri, InetAddress address) {
    boolean secure = "https".equals(uri.getScheme());
    int usual = secure ? HTTPS_PORT : HTTP_PORT;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    RequestOptions options = new RequestOptions();
    message.headers().forEach(options::putHeader);
    return options
        .setMethod(message.method())
        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
        .setHost(uri.getHost())
        .setPort(port)
        .setSsl(secure)
        .setURI(Optional.ofNullable(uri.getRawQuery()).map(is -> path + "?" + is).orElse(path))
        .setFollowRedirects(false)
        .setTimeout(LONGEST_MILLIS)
        .putHeader("Accept", "application/json");
  }

  private static Future<Void> exchange(
      HttpClientRequest request, Message message, URI uri, Promise<Buffer> read) {
    // Whatever ends the reading, ends the connection: an issuer cannot go on sending.
    read.future().onFailure(_ -> request.connection().close());
    return request
        .send(message.body())
        .onSuccess(response -> collect(response, uri, read))
        .mapEmpty();
  }

  private static void collect(HttpClientResponse response, URI uri, Promise<Buffer> read) {
    if (response.statusCode() != OK) {
      String told = uri + " answers " + response.statusCode();
      read.tryFail(
          response.statusCode() / 100 == CALLERS_FAULT ? new Refused(told) : new IOException(told));
      return;
    }
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() > LONGEST_BODY) {
            read.tryFail(new IOException(uri + " is too long"));
          } else {
            body.appendBuffer(part);
          }
        });
    response.exceptionHandler(read::tryFail);
    response.endHandler(_ -> read.tryComplete(body));
  }

  private HttpClient client(String issuer) {
    String authorities =
        issuers
            .find(issuer)
            .flatMap(WebIdentityConfig.Issuer::caFile)
            .map(Object::toString)
            .orElse(JDK_AUTHORITIES);
    return clients.computeIfAbsent(authorities, this::newClient);
  }

  private HttpClient newClient(String authorities) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setSsl(true)
            .setVerifyHost(true)
            .setKeepAlive(false)
            .setMaxPoolSize(MOST_AT_ONCE)
            .setDecompressionSupported(false)
            .setMaxHeaderSize(LONGEST_BODY >> 4)
            .setConnectTimeout((int) LONGEST_MILLIS);
    if (!authorities.equals(JDK_AUTHORITIES)) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(authorities));
    }
    return vertx.createHttpClient(options);
  }
}
