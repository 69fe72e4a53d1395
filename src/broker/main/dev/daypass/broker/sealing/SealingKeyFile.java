package dev.daypass.broker.sealing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;

/// `sealing-key add|promote|prune FILE`: the three steps in which an operator changes the
/// key-encryption key, on the file that every broker is then given.
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
      Keyset keys = Keyset.read(file);
      Keyset changed =
          switch (arguments[0]) {
            case "add" -> keys.withNewKey();
            case "promote" -> keys.withNewestPrimary();
            case "prune" -> keys.withPrimaryAlone();
            default -> null;
          };
      if (changed == null) {
        return usage();
      }
      changed.write(file);
      show(changed);
      return DONE;
    } catch (IOException | GeneralSecurityException e) {
      System.err.println("daypass: cannot change " + file + ": " + e.getMessage());
      return FAILED;
    }
  }

  private static void show(Keyset keys) {
    for (Map.Entry<String, byte[]> key : keys.prefixes().entrySet()) {
      System.out.println(
          key.getKey() + (key.getKey().equals(keys.primary()) ? " PRIMARY" : " OTHER"));
    }
  }

  private static int usage() {
    System.err.println("Usage: sealing-key add|promote|prune FILE");
    return USAGE;
  }
}
