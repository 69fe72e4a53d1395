package dev.daypass.sidecar;

import dev.daypass.client.sources.BrokerClock;
import dev.daypass.client.sources.BrokerConnection;
import dev.daypass.client.sources.SecurityTokenService;
import dev.daypass.sidecar.SidecarConfig.Role;
import dev.daypass.sidecar.files.CredentialsFiles;
import dev.daypass.sidecar.http.CallerToken;
import dev.daypass.sidecar.http.Callers;
import dev.daypass.sidecar.http.FixedCallers;
import dev.daypass.sidecar.http.HttpListeners;
import dev.daypass.sidecar.http.PodCallers;
import dev.daypass.sidecar.http.PodRole;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Kept;
import dev.daypass.sidecar.keeping.Status;
import dev.daypass.sidecar.keeping.Surroundings;
import dev.daypass.sidecar.telling.Log;
import dev.daypass.sidecar.telling.Metrics;
import dev.daypass.sidecar.telling.Watchers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps roles and serves them, from [#start] to [#close].
public final class Sidecar implements AutoCloseable {
  private final Map<String, Keeper> keepers = new LinkedHashMap<>();
  private final List<CallerToken> tokens = new ArrayList<>();
  private final List<InetSocketAddress> credentialsAt = new ArrayList<>();
  private final SecureRandom random = new SecureRandom();
  private final HttpListeners listeners;
  private final CredentialsFiles files;
  private final BrokerClock clock;
  private final Surroundings surroundings;
  private final Sources sources;
  private final PodCallers pods;
  private Optional<InetSocketAddress> statusAt = Optional.empty();
  private Optional<InetSocketAddress> metadataAt = Optional.empty();

  private Sidecar(SidecarConfig config, Outside outside) throws IOException {
    Metrics metrics = new Metrics(outside.version());
    Log log = new Log(outside.log(), outside.clock(), outside.quiet());
    this.clock = new BrokerClock(outside.clock());
    var broker =
        BrokerConnection.to(
            config.server().url(), config.server().caFile(), config.server().plainHttp(), clock);
    SecurityTokenService service = new SecurityTokenService(broker);
    this.sources = new Sources(broker, service, outside.signIns());
    this.files =
        new CredentialsFiles(
            clock,
            random::nextDouble,
            (role, done, what) -> {
              metrics.filed(role, done, what);
              log.filed(role, done, what);
            });
    this.surroundings =
        new Surroundings(
            service::standing,
            clock,
            random::nextDouble,
            config.server().revocationCheck(),
            new Watchers(List.of(metrics, log, files)));
    this.listeners = new HttpListeners(clock, metrics, log::fault);
    this.pods = new PodCallers(config.pods(), this::keep, System::nanoTime);
  }

  /// Begins. It serves as soon as it is there; the first credentials may come later. Fails with
  /// [IOException] for addresses and files that it cannot have, and with [IllegalArgumentException]
  /// for a broker's address that cannot be, and for a profile that is somebody else's.
  public static Sidecar start(SidecarConfig config, Outside outside) throws IOException {
    Sidecar sidecar = new Sidecar(config, outside);
    try {
      sidecar.begin(config);
      return sidecar;
    } catch (IOException | RuntimeException e) {
      sidecar.close();
      throw e;
    }
  }

  private void begin(SidecarConfig config) throws IOException {
    List<FixedCallers.Caller> callers = new ArrayList<>();
    for (Role role : config.roles()) {
      Keeper keeper =
          new Keeper(
              new Kept(role.name(), role.request().roleArn(), sources.of(role, keepers)),
              surroundings);
      keepers.put(role.name(), keeper);
      if (role.to().tokenFile().isPresent()) {
        CallerToken token = CallerToken.in(role.to().tokenFile().get(), random, clock);
        tokens.add(token);
        callers.add(new FixedCallers.Caller(token, keeper));
      }
      if (role.to().credentialsFile().isPresent()) {
        files.keep(role.to().credentialsFile().get(), keeper);
      }
    }
    listen(config, new FixedCallers(callers));
    keepers.values().forEach(Keeper::start);
  }

  private void listen(SidecarConfig config, FixedCallers fixed) throws IOException {
    Callers callers = fixed.or(pods);
    for (InetSocketAddress address : config.listening().credentials()) {
      credentialsAt.add(listeners.credentials(address, callers));
    }
    for (Path socket : config.listening().sockets()) {
      listeners.credentials(socket, callers);
    }
    if (config.listening().metadata().isPresent()) {
      metadataAt =
          Optional.of(
              listeners.metadata(
                  config.listening().metadata().get(), keepers.values().iterator().next()));
    }
    if (config.listening().status().isPresent()) {
      statusAt = Optional.of(listeners.status(config.listening().status().get(), this::status));
    }
  }

  private Keeper keep(PodRole role, PodCallers.Pod pod) {
    return new Keeper(new Kept(role.name(), role.roleArn(), sources.of(role, pod)), surroundings)
        .start();
  }

  /// Where credentials are served, with the ports there really are.
  public List<InetSocketAddress> credentialsAt() {
    return List.copyOf(credentialsAt);
  }

  public Optional<InetSocketAddress> statusAt() {
    return statusAt;
  }

  public Optional<InetSocketAddress> metadataAt() {
    return metadataAt;
  }

  /// How the roles stand that are kept all the time.
  public Map<String, Status> status() {
    Map<String, Status> status = new TreeMap<>();
    keepers.forEach((name, keeper) -> status.put(name, files.seen(name, keeper.status())));
    return status;
  }

  /// Changes every caller's token; the former ones count for a minute yet. Fails with [IOException]
  /// for a file that cannot be written; those before it are changed then.
  public void rotateTokens() throws IOException {
    for (CallerToken token : tokens) {
      token.rotate();
    }
  }

  @Override
  public void close() {
    listeners.close();
    pods.close();
    files.close();
    keepers.values().forEach(Keeper::close);
  }
}
