package dev.daypass.broker.webidentity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/// The keys of issuers: what the operator configured, or what the issuer publishes by OpenID
/// Connect Discovery.
///
/// @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
///   Discovery</a>
@Singleton
final class IssuerKeys {
  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final long MOST_ISSUERS = 10_000;

  private final Issuers issuers;
  private final Fetch fetch;
  private final Vertx vertx;
  private final Clock clock;
  private final Cache<String, KeptKeys> kept =
      Caffeine.newBuilder().maximumSize(MOST_ISSUERS).build();

  IssuerKeys(Issuers issuers, Fetch fetch, Vertx vertx, Clock clock) {
    this.issuers = issuers;
    this.fetch = fetch;
    this.vertx = vertx;
    this.clock = clock;
  }

  /// The issuer's keys. Fails where they cannot be had.
  Uni<KeySet> get(String issuer) {
    return here(of(issuer).get());
  }

  /// The issuer's keys as far as they are known, without asking anybody.
  Optional<KeySet> known(String issuer) {
    return Optional.ofNullable(kept.getIfPresent(issuer)).flatMap(KeptKeys::known);
  }

  /// Newer keys than `seen`, or the same.
  Uni<KeySet> newer(String issuer, KeySet seen) {
    return here(of(issuer).newer(seen));
  }

  private KeptKeys of(String issuer) {
    return kept.get(issuer, _ -> new KeptKeys(() -> read(issuer), clock));
  }

  /// What comes of it, where the caller is.
  <T> Uni<T> here(CompletableFuture<T> future) {
    Context caller = vertx.getOrCreateContext();
    return Uni.createFrom()
        .completionStage(future)
        .emitOn(work -> caller.runOnContext(_ -> work.run()));
  }

  private CompletableFuture<KeySet> read(String issuer) {
    return Future.succeededFuture(issuer)
        .compose(this::text)
        .map(KeySet::parse)
        .onFailure(
            failure -> LOG.warnf("the keys of %s cannot be read: %s", issuer, reason(failure)))
        .toCompletionStage()
        .toCompletableFuture();
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    String message = String.valueOf(failure.getMessage());
    return cause == null ? message : message + ": " + cause.getMessage();
  }

  private Future<String> text(String issuer) {
    Optional<WebIdentityConfig.Issuer> configured = issuers.find(issuer);
    Optional<String> inline = configured.flatMap(WebIdentityConfig.Issuer::jwks);
    Optional<Path> file = configured.flatMap(WebIdentityConfig.Issuer::jwksFile);
    if (inline.isPresent()) {
      return Future.succeededFuture(inline.get());
    }
    Future<Buffer> document =
        file.map(path -> vertx.fileSystem().readFile(path.toString()))
            .orElseGet(() -> discover(issuer));
    return document.map(Buffer::toString);
  }

  private Future<Buffer> discover(String issuer) {
    return document(issuer)
        .compose(
            document ->
                document.getValue("jwks_uri") instanceof String keys
                    ? fetch.get(issuer, keys)
                    : Future.failedFuture(
                        new IOException("its discovery document has no jwks_uri")));
  }

  /// The issuer's discovery document. Fails with [IOException] where it cannot be had, or is
  /// another's.
  Future<JsonObject> document(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return fetch
        .get(issuer, base + DISCOVERY)
        .map(JsonObject::new)
        .compose(
            document ->
                issuer.equals(document.getValue("issuer"))
                    ? Future.succeededFuture(document)
                    : Future.failedFuture(
                        new IOException("its discovery document is of another issuer")));
  }
}
