package dev.daypass.cli;

import dev.daypass.client.aws.ProfileFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The files that this computer's AWS tools read.
///
/// @param environment such as `System.getenv()`
/// @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html">Location of
///   the shared files</a>
record AwsFiles(Map<String, String> environment) {
  ProfileFile config() {
    return ProfileFile.at(path("AWS_CONFIG_FILE", "config"));
  }

  ProfileFile credentials() {
    return ProfileFile.secret(path("AWS_SHARED_CREDENTIALS_FILE", "credentials"));
  }

  private Path path(String variable, String name) {
    return find(variable)
        .map(Path::of)
        .orElseGet(
            () ->
                Path.of(
                    find("HOME").orElseGet(() -> System.getProperty("user.home")), ".aws", name));
  }

  private Optional<String> find(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
  }
}
