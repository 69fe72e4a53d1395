package dev.daypass.broker.bootstrap;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where the data is, and what the first start makes.
@ConfigMapping(prefix = "daypass")
public interface BootstrapConfig {
  /// The folder of the embedded servers' data and of the sealing key.
  Path data();

  /// The first account's number: 12 digits. Chosen at random where none is given.
  Optional<String> accountId();

  /// The name of a user of the first account who is to be its administrator, and to begin anew, by
  /// a link that this start shows. For when every administrator has lost what they signed in with.
  Optional<String> recoverAdmin();

  /// The first administrator. Without effect once an account exists.
  Bootstrap bootstrap();

  /// The access key of the first administrator, chosen at random where none is given, and what else
  /// there is from the first.
  interface Bootstrap {
    /// Its id: 16 to 128 letters and digits.
    Optional<String> accessKeyId();

    /// Its secret.
    Optional<String> secretAccessKey();

    /// A file that holds the secret.
    Optional<Path> secretAccessKeyFile();

    /// A file, or a folder of files, that says what the first account is to look like, as `daypass
    /// apply` reads them. Where they cannot be applied, nothing is made and the start fails.
    Optional<Path> files();
  }
}
