package dev.daypass.broker.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.throttle.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The sign-ins under way, in Redis: lost at any time, people begin again.
@Singleton
final class Attempts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration KEPT_FOR = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ID_BYTES = 24;

  private final RedisAPI redis;
  private final SecureRandom random;

  Attempts(RedisAPI redis, SecureRandom random) {
    this.redis = redis;
    this.random = random;
  }

  /// Keeps it, and says under which name.
  Uni<String> begin(Attempt attempt) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return guarded(
            redis.set(List.of(key(id), text(attempt), "PX", Long.toString(KEPT_FOR.toMillis()))))
        .replaceWith(id);
  }

  /// Takes it out: of many who ask at once, one gets it.
  Uni<Optional<Attempt>> take(String id) {
    return guarded(redis.getdel(key(id)))
        .map(found -> Optional.ofNullable(found).map(text -> parse(text.toString())));
  }

  private static <T> Uni<T> guarded(Uni<T> call) {
    return call.ifNoItem().after(PATIENCE).fail().onFailure().transform(Unavailable::new);
  }

  private static String key(String id) {
    return "sign-in:" + id;
  }

  private static String text(Attempt attempt) {
    try {
      return JSON.writeValueAsString(attempt);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record can be written", e);
    }
  }

  private static Attempt parse(String text) {
    try {
      return JSON.readValue(text, Attempt.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept sign-in does not parse", e);
    }
  }
}
