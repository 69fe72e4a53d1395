package dev.daypass.cli;

import dev.daypass.sidecar.files.ProfilePlace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where `daypass serve` puts credentials for programs that read a file.
final class CredentialsFileOptions {
  @Option(
      names = "--credentials-file",
      required = true,
      paramLabel = "FILE",
      description = "Keep a profile of this file fresh, such as ~/.aws/credentials.")
  private String file;

  @Option(
      names = "--credentials-profile",
      paramLabel = "NAME",
      description = "Which. Default: default.")
  private @Nullable String profile;

  @Option(
      names = "--credentials-replace",
      description = "Replace a profile that daypass does not keep.")
  private boolean replace;

  @SuppressWarnings("NullAway.Init")
  CredentialsFileOptions() {}

  ProfilePlace place() {
    return ProfilePlace.of(file, Optional.ofNullable(profile), replace);
  }
}
