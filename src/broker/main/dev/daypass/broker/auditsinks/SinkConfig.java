package dev.daypass.broker.auditsinks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Where the trail goes besides PostgreSQL. Every record goes there once it is durable, in order,
/// and once from all nodes together; twice only where a node died in between.
@ConfigMapping(prefix = "daypass.audit.sinks")
public interface SinkConfig {
  /// How records are written: `cloudtrail`, or `ocsf` (Open Cybersecurity Schema Framework).
  @WithDefault("cloudtrail")
  SinkFormat format();

  /// Whether records go to standard output, one on a line.
  @WithDefault("false")
  boolean stdout();

  /// A file that records are added to, one on a line. It may be moved away at any time.
  Optional<Path> file();

  /// Where records are posted: `{"Records": […]}`, as CloudTrail's files have it. HTTPS, but to
  /// this computer.
  Optional<URI> webhook();

  /// A file that holds the bearer token for the webhook. It is read anew for every post.
  Optional<Path> webhookTokenFile();
}
