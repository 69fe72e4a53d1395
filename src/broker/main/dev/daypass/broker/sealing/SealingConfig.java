package dev.daypass.broker.sealing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// Where the key-encryption key is.
@ConfigMapping(prefix = "daypass.sealing")
public interface SealingConfig {
  /// A Tink AEAD keyset in JSON, readable by the broker only. Made on the first start of an empty
  /// database; every node of an installation needs the same one, and it must be backed up apart
  /// from the database.
  @WithDefault("${daypass.data}/sealing-key.json")
  Path keyFile();
}
