package dev.daypass.sidecar.http;

import dev.daypass.sidecar.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Who cannot be a program of this computer that asks for its own credentials: a page whose name
/// was made to point here (DNS rebinding), a page that asks across origins, a proxy that was made
/// to.
final class Gate {
  private static final int HTTP = 80;
  private static final Set<String> OF_PROXIES =
      Set.of("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto");
  private static final String FORWARDED_PREFIX = "x-forwarded-";

  private final Set<String> hosts;

  /// @param listening where it is listened, with the port there really is
  Gate(InetSocketAddress listening) {
    this.hosts = hosts(listening.getAddress(), listening.getPort());
  }

  private Gate(Set<String> hosts) {
    this.hosts = hosts;
  }

  /// For a socket of the file system, which has no name on the network: `localhost`, as clients
  /// call it.
  static Gate ofSocket() {
    return new Gate(Set.of("localhost"));
  }

  private static Set<String> hosts(InetAddress address, int port) {
    Set<String> names = new HashSet<>();
    names.add(Addresses.literal(address));
    if (address.isLoopbackAddress()) {
      names.add("localhost");
    }
    Set<String> hosts = new HashSet<>();
    for (String name : names) {
      hosts.add(name + ":" + port);
      if (port == HTTP) {
        hosts.add(name);
      }
    }
    return hosts;
  }

  /// Why a request is refused; absent where it is not.
  Optional<Denial> denial(Asked asked) {
    if (asked
        .header("host")
        .filter(host -> hosts.contains(host.toLowerCase(Locale.ROOT)))
        .isEmpty()) {
      return Optional.of(Denial.HOST);
    }
    // No program but a browser sends these.
    if (asked.has("origin") || asked.has("referer") || asked.has("sec-fetch-site")) {
      return Optional.of(Denial.ORIGIN);
    }
    boolean forwarded =
        asked.headers().keySet().stream()
            .anyMatch(name -> OF_PROXIES.contains(name) || name.startsWith(FORWARDED_PREFIX));
    return forwarded ? Optional.of(Denial.FORWARDED) : Optional.empty();
  }
}
