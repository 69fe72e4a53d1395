package dev.daypass.sidecar.http;

import dev.daypass.client.sources.BrokerClock;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Status;
import dev.daypass.sidecar.telling.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Everything that is listened at. Each method fails with [IOException] for an address that is
/// taken, or not this computer's.
public final class HttpListeners implements AutoCloseable {
  private final BrokerClock clock;
  private final Metrics metrics;
  private final List<Listener> open = new ArrayList<>();

  public HttpListeners(BrokerClock clock, Metrics metrics) {
    this.clock = clock;
    this.metrics = metrics;
  }

  /// Serves credentials to those who show a token.
  ///
  /// @return where, with the port there really is
  public InetSocketAddress credentials(InetSocketAddress address, Callers callers)
      throws IOException {
    return add(
        Listener.start(
            address, at -> new CredentialsEndpoint(new Gate(at), callers, clock, metrics)));
  }

  /// Serves a role's credentials to whoever reaches the address, as the instance metadata service.
  public InetSocketAddress metadata(InetSocketAddress address, Keeper keeper) throws IOException {
    return add(
        Listener.start(address, at -> new MetadataEndpoint(new Gate(at), keeper, clock, metrics)));
  }

  /// Tells how it stands.
  public InetSocketAddress status(InetSocketAddress address, Supplier<Map<String, Status>> roles)
      throws IOException {
    return add(
        Listener.start(
            address,
            _ ->
                new StatusEndpoint(
                    roles, clock::skew, () -> metrics.text(roles.get(), clock.skew()))));
  }

  private InetSocketAddress add(Listener listener) {
    open.add(listener);
    return listener.address();
  }

  @Override
  public void close() {
    open.forEach(Listener::close);
  }
}
