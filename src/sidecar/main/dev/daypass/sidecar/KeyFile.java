package dev.daypass.sidecar;

import dev.daypass.client.aws.ProfileFile;
import dev.daypass.client.aws.ProfileText;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Access keys in the file that the AWS CLI keeps them in.
final class KeyFile {
  private KeyFile() {}

  /// Fails with [InvalidConfig] where there is none of that profile, or one that does not last.
  static From.Key read(Path file, String profile) {
    ProfileText text;
    try {
      text = ProfileFile.at(file).read();
    } catch (IOException e) {
      throw new InvalidConfig("the access key cannot be read: " + e.getMessage());
    }
    Optional<String> id = text.value(profile, "aws_access_key_id");
    Optional<String> secret = text.value(profile, "aws_secret_access_key");
    boolean lasts = text.value(profile, "aws_session_token").isEmpty();
    if (id.isEmpty() || secret.isEmpty() || !lasts) {
      throw new InvalidConfig(
          "%s has no access key of profile `%s` that lasts".formatted(file, profile));
    }
    return new From.Key(id.get(), Secret.of(secret.get()));
  }
}
