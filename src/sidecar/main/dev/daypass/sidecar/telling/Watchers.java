package dev.daypass.sidecar.telling;

import dev.daypass.client.sources.Fetched;
import dev.daypass.sidecar.keeping.Watcher;
import java.time.Duration;
import java.util.List;

/// Several that watch.
public record Watchers(List<Watcher> all) implements Watcher {
  public Watchers {
    all = List.copyOf(all);
  }

  @Override
  public void fetched(String role, Fetched outcome, Duration took) {
    all.forEach(watcher -> watcher.fetched(role, outcome, took));
  }

  @Override
  public void revoked(String role) {
    all.forEach(watcher -> watcher.revoked(role));
  }
}
