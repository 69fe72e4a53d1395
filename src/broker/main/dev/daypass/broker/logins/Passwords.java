package dev.daypass.broker.logins;

import static dev.daypass.wire.ErrorCode.THROTTLING;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.daypass.wire.Secret;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.text.Normalizer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Hashes and checks passwords with Argon2id (RFC 9106) on a few threads of their own: each hash
/// takes 19 MiB and tens of milliseconds, so how many run at once is bounded, and how many wait.
@Singleton
public final class Passwords {
  /// OWASP's first recommendation: 19 MiB, two passes, one lane.
  private static final Argon2PasswordEncoder ARGON2 =
      new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private static final int MOST_WAITING = 64;

  private static final int LEAST_SCORE = 2;
  private static final int LONGEST_MEASURED = 64;

  /// Its lists are read when a password is chosen first, and not at start-up.
  private static final class Strength {
    static final Zxcvbn MEASURE = new Zxcvbn();
  }

  private final Vertx vertx;
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING));
  // Checked where there is no user: the answer must take as long.
  private final String nobodysHash = encode(Secret.of("nobody's password"));

  Passwords(Vertx vertx) {
    this.vertx = vertx;
  }

  void stop(@Observes ShutdownEvent stopping) {
    workers.shutdownNow();
  }

  /// The hash to store. Fails with `Throttling` where too many wait already.
  public Uni<String> hash(Secret password) {
    return onWorker(() -> encode(password));
  }

  /// Whether this is the password behind the hash; without a hash it is not, and takes as long.
  public Uni<Boolean> matches(Secret password, Optional<String> hash) {
    return onWorker(
        () -> {
          boolean matches = ARGON2.matches(normal(password), hash.orElse(nobodysHash));
          return matches && hash.isPresent();
        });
  }

  /// Whether it would be found soon by somebody who tries likely ones first: on lists of passwords
  /// that were stolen elsewhere, names, words and patterns, or of what is known of its owner. By
  /// zxcvbn: a million guesses do. Fails with `Throttling` as [#hash] does.
  ///
  /// @see <a
  ///   href="https://dropbox.tech/security/zxcvbn-realistic-password-strength-estimation">zxcvbn</a>
  Uni<Boolean> guessable(Secret password, List<String> about) {
    return onWorker(
        () -> Strength.MEASURE.measure(measured(password), about).getScore() < LEAST_SCORE);
  }

  /// What follows makes it no easier to guess, and takes ever longer to measure.
  private static String measured(Secret password) {
    String text = normal(password);
    return text.substring(0, Math.min(text.length(), LONGEST_MEASURED));
  }

  private static String encode(Secret password) {
    return Objects.requireNonNull(ARGON2.encode(normal(password)));
  }

  /// The same characters typed on different keyboards are the same password (NIST SP 800-63B).
  static String normal(Secret password) {
    return Normalizer.normalize(password.revealText(), Normalizer.Form.NFKC);
  }

  private <T> Uni<T> onWorker(Supplier<T> work) {
    Context caller = vertx.getOrCreateContext();
    return Uni.createFrom()
        .<T>item(work)
        .runSubscriptionOn(workers)
        .onFailure(RejectedExecutionException.class)
        .transform(_ -> THROTTLING.error("Rate exceeded"))
        .emitOn(task -> caller.runOnContext(_ -> task.run()));
  }
}
