package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.Credentials;
import dev.daypass.client.Role;
import dev.daypass.client.SignIn;
import dev.daypass.sidecar.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a session is to be, for every command that opens one.
final class RoleOptions {
  @Option(names = "--session-name", paramLabel = "NAME", description = "Default: your name.")
  private @Nullable String sessionName;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long, such as 15m or 1h. Default: 1h.")
  private @Nullable String duration;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy that narrows the session.")
  private @Nullable Path policy;

  /// Credentials of the role, kept from before where they still last.
  ///
  /// @param role a name or an ARN
  Credentials credentials(Here here, SignIn signIn, String role) throws IOException {
    Broker broker = Here.broker(signIn);
    Broker.Wanted wanted =
        new Broker.Wanted(
            Optional.of(arn(broker, signIn, role)),
            Optional.ofNullable(sessionName),
            Optional.ofNullable(duration).map(Durations::parse),
            policy == null ? Optional.empty() : Optional.of(Files.readString(policy)));
    Instant now = here.clock().instant();
    Optional<Credentials> kept = here.profile().credentials(wanted.toString(), now);
    if (kept.isPresent()) {
      return kept.get();
    }
    Credentials opened = broker.open(signIn, wanted);
    wanted.roleArn().ifPresent(here.uses()::count);
    here.profile().keep(wanted.toString(), opened);
    return opened;
  }

  /// The role that is named, else the one that a person picks.
  Credentials pickedCredentials(Here here, SignIn signIn, @Nullable String role)
      throws IOException {
    return credentials(here, signIn, role != null ? role : picked(here, signIn));
  }

  private static String picked(Here here, SignIn signIn) throws IOException {
    return new RolePicker(Surroundings.here(), here.uses())
        .pick(Here.broker(signIn).roles(signIn))
        .arn();
  }

  private static String arn(Broker broker, SignIn signIn, String role) {
    if (role.startsWith("arn:")) {
      return role;
    }
    List<Role> named =
        broker.roles(signIn).stream().filter(is -> is.name().equalsIgnoreCase(role)).toList();
    if (named.isEmpty()) {
      throw new Stop(
          ExitCode.DENIED,
          "There is no role `%s` that you can assume. See: daypass roles".formatted(role));
    }
    if (named.size() > 1) {
      throw new Stop(
          ExitCode.USAGE,
          "More than one role is called `%s`. Use the ARN: %s"
              .formatted(role, String.join(", ", named.stream().map(Role::arn).toList())));
    }
    return named.getFirst().arn();
  }
}
