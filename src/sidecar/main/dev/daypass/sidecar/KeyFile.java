package dev.daypass.sidecar;

import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Access keys in the file that the AWS CLI keeps them in.
final class KeyFile {
  private KeyFile() {}

  /// Fails with [InvalidConfig] where there is none of that profile.
  static From.Key read(Path file, String profile) {
    Map<String, String> values = new HashMap<>();
    boolean within = false;
    try {
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[")) {
          within = text.equals("[" + profile + "]");
        } else if (within && text.contains("=") && !text.startsWith("#")) {
          int equals = text.indexOf('=');
          values.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
        }
      }
    } catch (IOException e) {
      throw new InvalidConfig("the access key cannot be read: " + e);
    }
    return key(values.get("aws_access_key_id"), values.get("aws_secret_access_key"), file, profile);
  }

  private static From.Key key(
      @Nullable String id, @Nullable String secret, Path file, String profile) {
    if (id == null || secret == null) {
      throw new InvalidConfig("%s has no access key of profile `%s`".formatted(file, profile));
    }
    return new From.Key(id, Secret.of(secret));
  }
}
