package dev.daypass.broker.bootstrap;

import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;

/// The access key that the first administrator is to have, where the configuration gives one.
record FirstKey(Optional<AccessKeyId> id, Optional<Secret> secret) {
  /// Fails with `IllegalStateException` where only half of a key is given.
  static FirstKey of(BootstrapConfig.Bootstrap config) throws IOException {
    Optional<String> fromFile = Optional.empty();
    if (config.secretAccessKeyFile().isPresent()) {
      fromFile = Optional.of(Files.readString(config.secretAccessKeyFile().get()).strip());
    }
    FirstKey key =
        new FirstKey(
            config.accessKeyId().map(AccessKeyId::new),
            config.secretAccessKey().or(() -> Optional.empty()).map(Secret::of));
    FirstKey complete =
        fromFile.isPresent() ? new FirstKey(key.id(), fromFile.map(Secret::of)) : key;
    if (complete.id().isPresent() != complete.secret().isPresent()) {
      throw new IllegalStateException(
          "the first administrator's access key needs both its id and its secret");
    }
    return complete;
  }

  boolean given() {
    return id.isPresent();
  }

  AccessKeyId idOr(Supplier<AccessKeyId> otherwise) {
    return id.orElseGet(otherwise);
  }

  Secret secretOr(Supplier<Secret> otherwise) {
    return secret.orElseGet(otherwise);
  }
}
