package dev.daypass.broker.requests;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/// Who stands before the broker.
@ConfigMapping(prefix = "daypass")
public interface TrustedProxiesConfig {
  /// Networks, such as `10.0.0.0/8`, of proxies that are believed about who called them
  /// (`X-Forwarded-For`) and whether over TLS (`X-Forwarded-Proto`). The client's is the last
  /// address that is none of theirs.
  Optional<List<String>> trustedProxies();
}
