package dev.daypass.sidecar.files;

import dev.daypass.client.aws.ProfileText;
import java.nio.file.Path;
import java.util.Optional;

/// Where a role's credentials are put for programs that read `~/.aws/credentials`.
///
/// @param file such a file
/// @param profile the section of it
/// @param replace whether it may have had something else in it
public record ProfilePlace(Path file, String profile, boolean replace) {
  private static final String USUAL = "default";

  public ProfilePlace {
    file = file.toAbsolutePath().normalize();
    if (!ProfileText.canBeCalled(profile)) {
      throw new IllegalArgumentException("`%s` cannot be a profile's name".formatted(profile));
    }
  }

  /// As a person names it. Fails with [IllegalArgumentException] for what cannot be.
  public static ProfilePlace of(String file, Optional<String> profile, boolean replace) {
    if (file.startsWith("~")) {
      throw new IllegalArgumentException(
          "`%s` is for shells: write the home folder out".formatted(file));
    }
    return new ProfilePlace(Path.of(file), profile.orElse(USUAL), replace);
  }
}
