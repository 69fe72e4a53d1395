package dev.daypass.sidecar.http;

import dev.daypass.client.sources.BrokerClock;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Status;
import dev.daypass.sidecar.telling.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Everything that is listened at. Each method fails with [IOException] for an address that is
/// taken, or not this computer's.
public final class HttpListeners implements AutoCloseable {
  private final BrokerClock clock;
  private final Metrics metrics;
  private final Handout handout;
  private final Consumer<RuntimeException> faults;
  private final List<Listener> open = new ArrayList<>();
  private final List<SocketListener> sockets = new ArrayList<>();

  /// @param faults is told what goes wrong inside
  public HttpListeners(BrokerClock clock, Metrics metrics, Consumer<RuntimeException> faults) {
    this.clock = clock;
    this.metrics = metrics;
    this.handout = new Handout(clock, metrics);
    this.faults = faults;
  }

  /// Serves credentials to those who show a token.
  ///
  /// @return where, with the port there really is
  public InetSocketAddress credentials(InetSocketAddress address, Callers callers)
      throws IOException {
    return add(
        Listener.start(
            address, at -> new CredentialsEndpoint(new Gate(at), callers, handout), faults));
  }

  /// The same, at a Unix socket.
  public void credentials(Path socket, Callers callers) throws IOException {
    sockets.add(
        SocketListener.start(
            socket, new CredentialsEndpoint(Gate.ofSocket(), callers, handout), faults));
  }

  /// Serves a role's credentials to whoever reaches the address, as the instance metadata service.
  public InetSocketAddress metadata(InetSocketAddress address, Keeper keeper) throws IOException {
    return add(
        Listener.start(address, at -> new MetadataEndpoint(new Gate(at), keeper, handout), faults));
  }

  /// Tells how it stands.
  public InetSocketAddress status(InetSocketAddress address, Supplier<Map<String, Status>> roles)
      throws IOException {
    return add(
        Listener.start(
            address,
            _ ->
                new StatusEndpoint(
                    roles, clock::skew, () -> metrics.text(roles.get(), clock.skew())),
            faults));
  }

  private InetSocketAddress add(Listener listener) {
    open.add(listener);
    return listener.address();
  }

  @Override
  public void close() {
    open.forEach(Listener::close);
    sockets.forEach(SocketListener::close);
  }
}
