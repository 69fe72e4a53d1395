package dev.daypass.broker.throttle;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// Counts attempts in Redis by GCRA: so many at once, then one each so often. One atomic script,
/// whose clock is Redis's own. Without Redis there are no attempts: [Unavailable].
///
/// @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">Generic cell rate
///   algorithm</a>
@Singleton
public final class Throttle {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// Returns 0 where the attempt may be made, else the milliseconds until the next may.
  private static final String SCRIPT =
      """
      local now = redis.call('TIME')
      local millis = now[1] * 1000 + math.floor(now[2] / 1000)
      local interval = tonumber(ARGV[1])
      local burst = tonumber(ARGV[2])
      local due = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), millis)
      local early = due - millis - interval * (burst - 1)
      if early > 0 then return math.ceil(early) end
      redis.call('SET', KEYS[1], due + interval, 'PX', math.ceil(due + interval - millis))
      return 0
      """;

  /// How many attempts there may be.
  ///
  /// @param burst at once
  /// @param interval between two from then on
  public record Rate(int burst, Duration interval) {}

  private final RedisAPI redis;

  Throttle(RedisAPI redis) {
    this.redis = redis;
  }

  /// Takes one attempt on `subject`; fails with [TooOften], or with [Unavailable] where Redis is.
  public Uni<Void> take(String subject, Rate rate) {
    return redis
        .eval(
            List.of(
                SCRIPT,
                "1",
                "throttle:" + subject,
                Long.toString(rate.interval().toMillis()),
                Integer.toString(rate.burst())))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .transform(Unavailable::new)
        .invoke(
            wait -> {
              if (wait.toLong() > 0) {
                throw new TooOften(Duration.ofMillis(wait.toLong()));
              }
            })
        .replaceWithVoid();
  }
}
