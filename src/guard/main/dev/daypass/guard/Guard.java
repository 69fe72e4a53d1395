package dev.daypass.guard;

import static dev.daypass.wire.ErrorCode.INCOMPLETE_SIGNATURE;
import static dev.daypass.wire.ErrorCode.INVALID_CLIENT_TOKEN_ID;

import dev.daypass.policy.Context;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.RequestChecks;
import dev.daypass.wire.sigv4.SignedClaim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/// Knows who sent a request, and whether they may. It asks the broker about a signer once, and from
/// then on checks and decides by itself, while it hears of every change. What changes takes effect
/// here within two seconds; a guard that cannot know refuses.
///
/// Thread-safe. One for a service; closed when the service ends.
public final class Guard implements AutoCloseable {
  private static final String BEARER = "bearer ";

  private final GuardSettings settings;
  private final InstantSource clock;
  private final SigningKeys keys;
  private final Optional<BearerTokens> bearers;
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

  public Guard(GuardSettings settings) {
    this(settings, Clock.systemUTC());
  }

  /// A guard with a clock of its own.
  public Guard(GuardSettings settings, InstantSource clock) {
    this(settings, clock, System::nanoTime);
  }

  Guard(GuardSettings settings, InstantSource clock, LongSupplier nanos) {
    this.settings = settings;
    this.clock = clock;
    this.keys = new SigningKeys(settings, clock, nanos);
    this.bearers =
        settings.bearer().map(issuer -> new BearerTokens(issuer, keys.broker().keys(), clock));
  }

  public GuardSettings settings() {
    return settings;
  }

  /// Who sent the request, and whether they may do what it asks. Fails with AWS's refusals where
  /// the sender is not proven, and with `ServiceUnavailable` where that cannot be known. Waits for
  /// the broker for two seconds at most.
  public Outcome authorize(GuardRequest request, Ask ask) {
    return authenticate(request).decide(ask);
  }

  /// Who sent the request. Fails and waits as [#authorize] does.
  public Caller authenticate(GuardRequest request) {
    try {
      return prove(request).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw refusal(e);
    }
  }

  /// The same, without waiting. What was asked about a signer lately completes at once.
  public CompletionStage<Caller> prove(GuardRequest request) {
    try {
      HttpMessage message = request.message();
      RequestChecks.check(message, settings.hosts());
      String authorization = message.header("authorization").orElse("");
      return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? byToken(request, authorization.substring(BEARER.length()))
          : bySignature(request);
    } catch (RuntimeException refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  /// What any failure of [#prove] is told as: a refusal as it is, anything else as
  /// `ServiceUnavailable`.
  public static ApiError refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof ApiError refusal
        ? refusal
        : ErrorCode.SERVICE_UNAVAILABLE.error(
            "The request has failed due to a temporary failure of the server.");
  }

  private CompletionStage<Caller> bySignature(GuardRequest request) {
    Instant now = clock.instant();
    SignedClaim claim = SignedClaim.read(request.message(), settings.signed(), now);
    boolean temporary = claim.accessKeyId().startsWith(AccessKeyId.SESSION);
    if (temporary != claim.sessionToken().isPresent()) {
      throw invalid();
    }
    return keys.prove(claim.relayed()).thenApply(lent -> caller(lent, request, now));
  }

  private Caller caller(Lent lent, GuardRequest request, Instant now) {
    Context context = contextOf(request, now).with(lent.context());
    return new Caller(
        lent.principal(),
        lent.policies(),
        lent.mfaAt(),
        lent.sourceIdentity(),
        lent.mfaAt().map(at -> context.with(age(at, now))).orElse(context));
  }

  private static Context age(Instant mfaAt, Instant now) {
    long seconds = Math.max(0, Duration.between(mfaAt, now).toSeconds());
    return Context.builder().put("aws:MultiFactorAuthAge", Long.toString(seconds)).build();
  }

  /// The condition keys that every request has.
  private Context contextOf(GuardRequest request, Instant now) {
    HttpMessage message = request.message();
    return Context.builder()
        .put("aws:CurrentTime", now.toString())
        .put("aws:EpochTime", Long.toString(now.getEpochSecond()))
        .put("aws:SourceIp", request.address())
        .put("aws:SecureTransport", Boolean.toString(request.secure()))
        .put("aws:UserAgent", message.header("user-agent").orElse(""))
        .put("aws:Referer", message.header("referer"))
        .put("aws:RequestedRegion", settings.region())
        .put("aws:ViaAWSService", "false")
        .build();
  }

  /// A token needs its keys, for which a thread may have to wait.
  private CompletionStage<Caller> byToken(GuardRequest request, String token) {
    if (request.message().query().contains("X-Amz-")) {
      throw INCOMPLETE_SIGNATURE.error(
          "Only one auth mechanism allowed; the request has more than one.");
    }
    BearerTokens tokens = bearers.orElseThrow(Guard::invalid);
    return CompletableFuture.supplyAsync(
        () -> tokens.prove(token, contextOf(request, clock.instant())), waiting);
  }

  private static ApiError invalid() {
    return INVALID_CLIENT_TOKEN_ID.error("The security token included in the request is invalid.");
  }

  @Override
  public void close() {
    keys.close();
    waiting.shutdownNow();
  }
}
