package dev.daypass.broker.auditsinks;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The places that are set.
record Sinks(List<Sink> all) {
  /// Every one that can be set.
  static final List<String> NAMES = List.of("stdout", "file", "webhook");

  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Set<String> THIS_COMPUTER = Set.of("localhost", "127.0.0.1", "[::1]");

  /// Makes them.
  @Singleton
  static final class Producer {
    @Produces
    @Singleton
    Sinks sinks(SinkConfig config) {
      return of(config);
    }
  }

  static Sinks of(SinkConfig config) {
    List<Sink> all = new ArrayList<>();
    if (config.stdout()) {
      all.add(new StdoutSink(System.out));
    }
    config.file().ifPresent(file -> all.add(new FileSink(file)));
    config
        .webhook()
        .ifPresent(
            address ->
                all.add(
                    new WebhookSink(
                        secure(address),
                        config.webhookTokenFile(),
                        HttpClient.newBuilder().connectTimeout(CONNECTING).build())));
    return new Sinks(List.copyOf(all));
  }

  private static URI secure(URI address) {
    boolean secure = "https".equals(address.getScheme()) && address.getHost() != null;
    boolean here = "http".equals(address.getScheme()) && THIS_COMPUTER.contains(address.getHost());
    if (!secure && !here) {
      throw new IllegalStateException(
          "DAYPASS_AUDIT_SINKS_WEBHOOK must be an https URL: the trail says who did what");
    }
    return address;
  }
}
