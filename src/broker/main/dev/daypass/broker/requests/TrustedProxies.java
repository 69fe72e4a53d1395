package dev.daypass.broker.requests;

import dev.daypass.policy.AddressRange;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The proxies before the broker, and what they are believed about: who called them, and whether
/// over TLS. Nobody else is believed, and not what a client told a proxy of itself: a proxy appends
/// the address that it saw, so that the addresses are read from the last.
@Singleton
final class TrustedProxies {
  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";

  private final List<AddressRange> networks;

  /// Fails, and so stops the start, where a network is none.
  TrustedProxies(TrustedProxiesConfig config) {
    networks =
        config.trustedProxies().orElse(List.of()).stream().map(TrustedProxies::network).toList();
  }

  private static AddressRange network(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "daypass.trusted-proxies: %s is no network".formatted(text), e);
    }
  }

  /// Who called.
  ///
  /// @param address empty where a proxy does not say it in a way that can be read: a guess could be
  ///   an address that policies let in
  record Client(String address, boolean secure) {}

  Client of(HttpServerRequest request) {
    return of(
        request.remoteAddress().hostAddress(),
        request.isSSL(),
        request.headers().getAll(FOR),
        request.headers().getAll(PROTO));
  }

  /// @param tls whether the peer called over TLS
  /// @param addresses the lines of `X-Forwarded-For`
  /// @param protocols the lines of `X-Forwarded-Proto`
  Client of(String peer, boolean tls, List<String> addresses, List<String> protocols) {
    return isProxy(peer)
        ? new Client(client(peer, values(addresses)), said(values(protocols)))
        : new Client(peer, tls);
  }

  /// All of a list, however many lines it came in (RFC 9110 §5.3).
  private static List<String> values(List<String> lines) {
    return lines.stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private String client(String peer, List<String> forwarded) {
    String nearest = peer;
    for (String address : forwarded.reversed()) {
      if (parsed(address).isEmpty()) {
        return "";
      }
      nearest = address;
      if (!isProxy(address)) {
        return address;
      }
    }
    return nearest;
  }

  /// Every way on the road.
  private static boolean said(List<String> protocols) {
    return !protocols.isEmpty() && protocols.stream().allMatch("https"::equalsIgnoreCase);
  }

  private boolean isProxy(String address) {
    return parsed(address)
        .filter(bytes -> networks.stream().anyMatch(network -> network.contains(bytes)))
        .isPresent();
  }

  private static Optional<byte[]> parsed(String address) {
    try {
      return Optional.of(AddressRange.address(address));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
