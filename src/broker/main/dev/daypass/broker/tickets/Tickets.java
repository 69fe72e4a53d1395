package dev.daypass.broker.tickets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.digests.Base64Url;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.broker.throttle.Unavailable;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What is under way between two requests, in Redis, each under a name that is not guessed: kept
/// for a while, and taken out when it is used. Lost at any time, people begin again. Names are kept
/// as hashes, and what they name is sealed for them: whoever has Redis can neither go on where
/// somebody was, nor say that somebody was anywhere.
@Singleton
public final class Tickets {
  private static final Logger LOG = Logger.getLogger(Tickets.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ID_BYTES = 24;
  private static final int ID_LENGTH = 32;

  /// What a ticket is for. One of a kind is never taken for one of another.
  public enum Kind {
    /// A sign-in that has begun.
    SIGN_IN("sign-in", Duration.ofMinutes(5)),
    /// A person who was sent to another provider to sign in.
    UPSTREAM("upstream", Duration.ofMinutes(10)),
    /// A passkey that is being enrolled.
    ENROLMENT("enrolment", Duration.ofMinutes(5)),
    /// A code that a client trades for credentials.
    LOGIN_CODE("login-code", Duration.ofMinutes(5)),
    /// A proof of possession that was seen: for as long as it would be fresh.
    DPOP_PROOF("dpop-proof", Duration.ofMinutes(30)),
    /// A device that waits for a person's answer.
    DEVICE_CODE("device-code", Duration.ofMinutes(10)),
    /// The same, by what the person types.
    USER_CODE("user-code", Duration.ofMinutes(10)),
    /// What the person answered.
    DEVICE_ANSWER("device-answer", Duration.ofMinutes(10)),
    /// A device that has just asked: half as long as it was told to wait, as networks hurry.
    DEVICE_POLL("device-poll", Duration.ofMillis(500));

    private final String prefix;
    private final Duration lifetime;

    /// @param lifetime how long one is kept
    Kind(String prefix, Duration lifetime) {
      this.prefix = prefix;
      this.lifetime = lifetime;
    }

    /// How long one is kept.
    public Duration lifetime() {
      return lifetime;
    }

    private String millis() {
      return Long.toString(lifetime.toMillis());
    }

    /// Where it lies in Redis: under its hash, as whoever reads a name could use it.
    public String key(String name) {
      return prefix + ":" + Sha256.base64Url(name);
    }
  }

  private final RedisAPI redis;
  private final SecureRandom random;
  private final Sealer sealer;

  Tickets(RedisAPI redis, SecureRandom random, Sealer sealer) {
    this.redis = redis;
    this.random = random;
    this.sealer = sealer;
  }

  /// Keeps a record, and says under which name: one of 192 random bits.
  public Uni<String> issue(Kind kind, Record kept) {
    String id = Base64Url.random(ID_BYTES, random);
    return guarded(redis.set(List.of(kind.key(id), sealed(kind, id, kept), "PX", kind.millis())))
        .replaceWith(id);
  }

  /// Keeps a record under this name, where there is none; says whether it does.
  public Uni<Boolean> keep(Kind kind, String name, Record kept) {
    return guarded(
            redis.set(List.of(kind.key(name), sealed(kind, name, kept), "NX", "PX", kind.millis())))
        .map(Objects::nonNull);
  }

  /// Looks at it.
  public <T extends Record> Uni<Optional<T>> find(Kind kind, String name, Class<T> type) {
    return guarded(redis.get(kind.key(name))).map(found -> opened(kind, name, found, type));
  }

  /// Takes out what was kept under this name: of many who ask at once, one gets it.
  public <T extends Record> Uni<Optional<T>> take(Kind kind, String name, Class<T> type) {
    return guarded(redis.getdel(kind.key(name))).map(found -> opened(kind, name, found, type));
  }

  /// Takes out what was issued under this name: of many who ask at once, one gets it.
  public <T extends Record> Uni<Optional<T>> redeem(Kind kind, String id, Class<T> type) {
    return id.length() == ID_LENGTH
        ? take(kind, id, type)
        : Uni.createFrom().item(Optional.empty());
  }

  /// Whether nobody has claimed this name yet: of many who ask at once, one is told so.
  public Uni<Boolean> claim(Kind kind, String name) {
    return guarded(redis.set(List.of(kind.key(name), "1", "NX", "PX", kind.millis())))
        .map(Objects::nonNull);
  }

  private static <T> Uni<T> guarded(Uni<T> call) {
    return call.ifNoItem().after(PATIENCE).fail().onFailure().transform(Unavailable::new);
  }

  private String sealed(Kind kind, String name, Record kept) {
    try {
      Secret text = Secret.of(JSON.writeValueAsBytes(kept));
      return Base64Url.encode(sealer.seal(text, owner(kind, name)));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record can be written", e);
    }
  }

  /// What no broker has sealed for this name is none: whoever it was about begins again.
  private <T> Optional<T> opened(Kind kind, String name, @Nullable Response found, Class<T> type) {
    if (found == null) {
      return Optional.empty();
    }
    try {
      byte[] sealed = Base64Url.decode(found.toString());
      return Optional.of(parse(sealer.open(sealed, owner(kind, name)), type));
    } catch (IllegalArgumentException | IllegalStateException _) {
      LOG.warnf("a ticket in Redis (%s) was not sealed by a broker of this installation", kind);
      return Optional.empty();
    }
  }

  private static String owner(Kind kind, String name) {
    return "ticket/" + kind.key(name);
  }

  private static <T> T parse(Secret text, Class<T> type) {
    try {
      return JSON.readValue(text.reveal(), type);
    } catch (IOException e) {
      throw new IllegalStateException("a ticket does not parse", e);
    }
  }
}
