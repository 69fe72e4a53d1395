package dev.daypass.cli;

import dev.daypass.client.Profile.Remembered;
import dev.daypass.client.aws.ProfileFile;
import dev.daypass.client.aws.ProfileText;
import dev.daypass.client.store.Programs;
import dev.daypass.client.store.StoreUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether this computer has a sign-in, and nothing on it stands in the way of its profiles.
///
/// @param environment such as `System.getenv()`
record ComputerChecks(Here here, Map<String, String> environment) {
  private static final String PROCESS = "daypass credential-process";

  List<Check> all() {
    List<Check> checks = new ArrayList<>(List.of(signIn(), environmentIsFree()));
    checks.addAll(profiles());
    return checks;
  }

  private Check signIn() {
    Optional<Remembered> signIn = here.profile().remembered();
    Instant now = here.clock().instant();
    if (signIn.filter(is -> now.isBefore(is.expiresAt())).isEmpty()) {
      return Check.warning("sign-in", "You are not signed in.", "daypass login");
    }
    try {
      return here.profile().signIn().isPresent()
          ? Check.ok(
              "sign-in", "You are %s, kept %s.".formatted(signIn.get().arn(), signIn.get().place()))
          : Check.failed(
              "sign-in", "The sign-in's token is not where it was kept.", "daypass login");
    } catch (StoreUnavailable closed) {
      return Check.failed(
          "sign-in",
          String.valueOf(closed.getMessage()),
          "Unlock it, or choose another place: daypass login --storage WHERE");
    }
  }

  /// SDKs use what is in the environment before any profile.
  private Check environmentIsFree() {
    List<String> set =
        Stream.of("AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_WEB_IDENTITY_TOKEN_FILE")
            .filter(environment::containsKey)
            .toList();
    return set.isEmpty()
        ? Check.ok("environment", "Nothing in the environment is used before your profiles.")
        : Check.warning(
            "environment",
            "%s: used before any profile.".formatted(String.join(", ", set)),
            "unset " + String.join(" ", set));
  }

  private List<Check> profiles() {
    AwsFiles files = new AwsFiles(environment);
    try {
      ProfileText config = files.config().read();
      List<String> ours =
          config.sections().stream()
              .filter(
                  section ->
                      config.value(section, "credential_process").orElse("").startsWith(PROCESS))
              .map(section -> section.replaceFirst("^profile ", ""))
              .toList();
      return ours.isEmpty()
          ? List.of(
              Check.warning(
                  "profiles", "No profile uses daypass.", "daypass configure --all-roles"))
          : List.of(onPath(ours), unshadowed(ours, files.credentials()));
    } catch (IOException e) {
      return List.of(
          Check.failed(
              "profiles", "AWS's files cannot be read: " + e.getMessage(), "Mend that line."));
    }
  }

  private Check onPath(List<String> ours) {
    return new Programs(environment.getOrDefault("PATH", "")).find("daypass").isPresent()
        ? Check.ok("profiles", "Profiles that use daypass: %s.".formatted(String.join(", ", ours)))
        : Check.failed(
            "profiles",
            "Profiles use daypass, which is not on the PATH.",
            "Put it into a folder of your PATH, such as ~/.local/bin.");
  }

  private static Check unshadowed(List<String> ours, ProfileFile credentials) throws IOException {
    List<String> shadowed = ours.stream().filter(credentials.read()::has).toList();
    return shadowed.isEmpty()
        ? Check.ok(
            "credentials-file", "No keys in %s are used before them.".formatted(credentials.path()))
        : Check.warning(
            "credentials-file",
            "Keys in %s are used before them: %s."
                .formatted(credentials.path(), String.join(", ", shadowed)),
            "Remove these sections, or give the profiles other names: daypass configure --name-template");
  }
}
