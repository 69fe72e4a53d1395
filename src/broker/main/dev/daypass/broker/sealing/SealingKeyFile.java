package dev.daypass.broker.sealing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/// `sealing-key new FILE` makes the key-encryption key of a new installation, and `sealing-key
/// add|promote|prune FILE` are the three steps in which an operator changes it, on the file that
/// every broker is then given.
public final class SealingKeyFile {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private SealingKeyFile() {}

  /// @param arguments the step and the file
  /// @return the exit code
  public static int run(String... arguments) {
    if (arguments.length != 2) {
      return usage();
    }
    Path file = Path.of(arguments[1]);
    try {
      Optional<Keyset> changed = changed(arguments[0], file);
      if (changed.isEmpty()) {
        return usage();
      }
      changed.get().write(file);
      show(changed.get());
      return DONE;
    } catch (IOException | GeneralSecurityException e) {
      System.err.println("daypass: cannot change " + file + ": " + e.getMessage());
      return FAILED;
    }
  }

  /// The keys after a step; nothing for one that is not known.
  private static Optional<Keyset> changed(String step, Path file)
      throws IOException, GeneralSecurityException {
    return switch (step) {
      case "new" -> Optional.of(first(file));
      case "add" -> Optional.of(Keyset.read(file).withNewKey());
      case "promote" -> Optional.of(Keyset.read(file).withNewestPrimary());
      case "prune" -> Optional.of(Keyset.read(file).withPrimaryAlone());
      default -> Optional.empty();
    };
  }

  private static Keyset first(Path file) throws IOException, GeneralSecurityException {
    if (Files.exists(file)) {
      // Nothing that the former key sealed would open any more.
      throw new IOException("it is there already");
    }
    return Keyset.generate();
  }

  private static void show(Keyset keys) {
    for (Map.Entry<String, byte[]> key : keys.prefixes().entrySet()) {
      System.out.println(
          key.getKey() + (key.getKey().equals(keys.primary()) ? " PRIMARY" : " OTHER"));
    }
  }

  private static int usage() {
    System.err.println("Usage: sealing-key new|add|promote|prune FILE");
    return USAGE;
  }
}
