package dev.daypass.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import dev.daypass.wire.sigv4.RelayedClaim;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the guard asks the broker, signed with the guard's own key.
final class Broker {
  private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String NAME = "daypass";
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_SERVER_FAULT = 500;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int LONGEST_KEYS = 1 << 18;

  private final GuardSettings settings;
  private final InstantSource clock;
  private final HttpClient http;

  Broker(GuardSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE_TO_CONNECT)
            .build();
  }

  /// What it lends for this signature. Fails with an `ApiError` where the signature is refused,
  /// with [NotAllowed] where the guard is, and with [BrokerAway].
  CompletableFuture<Lent> ask(RelayedClaim claim) {
    HttpRequest request;
    try {
      request = signed("POST", "/guard/signing-key", "", body(claim));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(new BrokerAway("the guard has no credentials: " + e));
    }
    return http.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8))
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .handle(Broker::read)
        .thenCompose(read -> read);
  }

  private static CompletableFuture<Lent> read(
      @Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
    if (answer == null) {
      return CompletableFuture.failedFuture(new BrokerAway("no answer: " + failure));
    }
    if (answer.statusCode() != OK) {
      return CompletableFuture.failedFuture(refusal(answer.statusCode(), answer.body()));
    }
    try {
      return CompletableFuture.completedFuture(LentReader.read(answer.body()));
    } catch (LentReader.Unreadable e) {
      return CompletableFuture.failedFuture(new NotAllowed(String.valueOf(e.getMessage())));
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  static Exception refusal(int status, String body) {
    String why = "the broker answered " + status + " " + body;
    return status >= FIRST_SERVER_FAULT || status == TOO_MANY_REQUESTS
        ? new BrokerAway(why)
        : new NotAllowed(why);
  }

  private static byte[] body(RelayedClaim claim) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("accessKeyId", claim.accessKeyId());
    claim.sessionToken().ifPresent(token -> asked.put("sessionToken", token));
    asked.put("signedAt", claim.signedAt());
    asked.put("region", claim.scope().region());
    asked.put("service", claim.scope().service());
    asked.put("requestHash", claim.requestHash());
    asked.put("signature", claim.signature());
    return JSONObjectUtils.toJSONString(asked).getBytes(StandardCharsets.UTF_8);
  }

  /// Listens for changes, line by line. Completes when the broker has nothing more to say; fails
  /// with [NotAllowed] and [BrokerAway].
  CompletableFuture<Void> listen(Flow.Subscriber<String> lines) {
    HttpRequest request;
    try {
      request = signed("GET", "/guard/changes", "service=" + settings.service(), new byte[0]);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(new BrokerAway("the guard has no credentials: " + e));
    }
    HttpResponse.BodyHandler<String> handler =
        info ->
            info.statusCode() == OK
                ? BodySubscribers.mapping(
                    BodySubscribers.fromLineSubscriber(
                        lines, _ -> "", StandardCharsets.UTF_8, "\n"),
                    text -> text)
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    return http.sendAsync(request, handler)
        .handle(
            (answer, failure) -> {
              if (answer == null) {
                return CompletableFuture.<Void>failedFuture(
                    new BrokerAway(String.valueOf(failure)));
              }
              return answer.statusCode() == OK
                  ? CompletableFuture.<Void>completedFuture(null)
                  : CompletableFuture.<Void>failedFuture(
                      refusal(answer.statusCode(), answer.body()));
            })
        .thenCompose(ended -> ended);
  }

  private HttpRequest signed(String method, String path, String query, byte[] body) {
    URI broker = settings.broker();
    int port = broker.getPort();
    boolean usual = port < 0 || port == ("https".equals(broker.getScheme()) ? HTTPS : HTTP);
    String host = usual ? broker.getHost() : broker.getHost() + ":" + port;
    HttpMessage message =
        settings
            .credentials()
            .get()
            .sign(
                new HttpMessage(method, path, query, List.of(new Header("host", host)), body),
                settings.region(),
                NAME,
                clock.instant());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(broker.resolve(query.isEmpty() ? path : path + "?" + query))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    message.headers().stream()
        .filter(header -> !header.name().equals("host"))
        .forEach(header -> request.header(header.name(), header.value()));
    return request.build();
  }

  /// Reads key sets the way the broker is asked: without redirects, in two seconds, of a bounded
  /// size.
  ResourceRetriever keys() {
    return this::key;
  }

  private Resource key(URL address) throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address.toURI()).timeout(PATIENCE).build();
      HttpResponse<byte[]> answer =
          http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_KEYS));
      if (answer.statusCode() != OK) {
        throw new IOException("the key set answered " + answer.statusCode());
      }
      return new Resource(new String(answer.body(), StandardCharsets.UTF_8), "application/json");
    } catch (URISyntaxException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  void close() {
    http.shutdownNow();
  }
}
