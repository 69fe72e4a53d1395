package dev.daypass.sidecar.http;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Offer;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pods that show the token of their service account, as EKS Pod Identity has them. What a token
/// claims says which role is asked for; whether it is a token at all, and may have that role, the
/// broker says.
public final class PodCallers implements Callers, AutoCloseable {
  private static final int MOST_PODS = 2_000;
  private static final int MOST_NEW_A_SECOND = 20;
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final Pattern SUBJECT =
      Pattern.compile("system:serviceaccount:([a-z0-9-]{1,63}):([a-z0-9.-]{1,253})");
  private static final Pattern NOT_OF_NAMES = Pattern.compile("[^\\w+=,.@-]");
  private static final int LONGEST_SESSION_NAME = 64;

  private final List<PodRole> roles;
  private final BiFunction<PodRole, Pod, Keeper> keeping;
  private final LongSupplier nanoTime;
  private final Rate news;
  private final Map<Secret, Used> pods = new LinkedHashMap<>(16, 0.75f, true);

  private long swept;

  /// A keeper, and when it was asked last.
  private record Used(Keeper keeper, long at) {}

  /// A pod that asks.
  ///
  /// @param sessionName its name, as far as a session's name can have it
  public record Pod(String sessionName, Secret token) {}

  /// @param keeping starts a keeper
  public PodCallers(
      List<PodRole> roles, BiFunction<PodRole, Pod, Keeper> keeping, LongSupplier nanoTime) {
    this.roles = List.copyOf(roles);
    this.keeping = keeping;
    this.nanoTime = nanoTime;
    this.news = new Rate(MOST_NEW_A_SECOND, nanoTime);
    this.swept = nanoTime.getAsLong();
  }

  @Override
  public synchronized Found of(Secret token) {
    sweep();
    Used known = pods.get(token);
    if (known != null && !refused(known.keeper())) {
      pods.put(token, new Used(known.keeper(), nanoTime.getAsLong()));
      return new Found.Opens(known.keeper());
    }
    forget(token);
    Map<String, Object> claims = claims(token);
    Matcher subject = SUBJECT.matcher(String.valueOf(claims.get("sub")));
    if (!subject.matches()) {
      return new Found.Nothing();
    }
    Optional<PodRole> role =
        roles.stream().filter(is -> is.isOf(subject.group(1), subject.group(2))).findFirst();
    if (role.isEmpty()) {
      return new Found.NoRole();
    }
    return news.take() ? new Found.Opens(begin(role.get(), claims, token)) : new Found.TooMany();
  }

  private Keeper begin(PodRole role, Map<String, Object> claims, Secret token) {
    if (pods.size() >= MOST_PODS) {
      forget(pods.keySet().iterator().next());
    }
    Keeper keeper = keeping.apply(role, new Pod(sessionName(claims, role), token));
    pods.put(token, new Used(keeper, nanoTime.getAsLong()));
    return keeper;
  }

  private void forget(Secret token) {
    Used gone = pods.remove(token);
    if (gone != null) {
      gone.keeper().close();
    }
  }

  /// What nobody asked for in a while, and what the broker refused: it is asked anew when its pod
  /// asks. Now and then only, since it looks at all of them.
  private void sweep() {
    long now = nanoTime.getAsLong();
    if (now - swept < SWEEP_EVERY.toNanos()) {
      return;
    }
    swept = now;
    pods.entrySet().stream()
        .filter(
            pod -> now - pod.getValue().at() > IDLE.toNanos() || refused(pod.getValue().keeper()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::forget);
  }

  private static boolean refused(Keeper keeper) {
    return !(keeper.offer() instanceof Offer.Good) && keeper.status().refused();
  }

  /// What the token says of itself. Nothing here is proven.
  private static Map<String, Object> claims(Secret token) {
    String[] parts = token.revealText().split("\\.", -1);
    if (parts.length != 3) {
      return Map.of();
    }
    try {
      return JSON.std.mapFrom(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IOException | IllegalArgumentException _) {
      return Map.of();
    }
  }

  private static String sessionName(Map<String, Object> claims, PodRole role) {
    String name =
        claims.get("kubernetes.io") instanceof Map<?, ?> kubernetes
                && kubernetes.get("pod") instanceof Map<?, ?> pod
                && pod.get("name") instanceof String said
            ? said
            : role.serviceAccount();
    String clean = NOT_OF_NAMES.matcher(name).replaceAll("-");
    String longEnough = clean.length() < 2 ? "pod-" + clean : clean;
    return longEnough.substring(0, Math.min(longEnough.length(), LONGEST_SESSION_NAME));
  }

  @Override
  public synchronized void close() {
    pods.values().forEach(used -> used.keeper().close());
    pods.clear();
  }
}
