package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.Role;
import dev.daypass.client.SignIn;
import dev.daypass.client.Wanted;
import dev.daypass.client.sources.RoleRequest;
import dev.daypass.sidecar.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a session is to be, for every command that opens one.
final class RoleOptions {
  private static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration AGENTS = Duration.ofMinutes(15);
  private static final int LONGEST_SESSION_NAME = 64;
  private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9_=,.@-]{1,32}");

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

  @Option(
      names = "--policy-arn",
      paramLabel = "ARN",
      description = "A managed policy that narrows the session; can be given several times.")
  private List<String> policyArns = List.of();

  @Option(
      names = "--read-only",
      description = "Narrow the session to reading, by the managed policy ReadOnlyAccess.")
  private boolean readOnly;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "A session tag, where the role lets tags be set; several times.")
  private Map<String, String> tags = Map.of();

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description =
          "For a program that acts for you: 15m, read-only unless a policy says more, the tag agent=NAME, and NAME in the session's name.")
  private @Nullable String agent;

  /// What tells these sessions from others that are kept.
  String purpose(String role) {
    return List.of(role, wanted("", "").toString()).toString();
  }

  /// How long they are to last.
  Duration duration() {
    return Optional.ofNullable(duration)
        .map(Durations::parse)
        .orElse(agent == null ? USUAL : AGENTS);
  }

  /// @param roleArn whose they are
  /// @param user who asks, by ARN
  Wanted wanted(String roleArn, String user) {
    return new Wanted(
        Optional.of(roleArn),
        sessionName(user),
        duration == null && agent == null ? Optional.empty() : Optional.of(duration()),
        Optional.ofNullable(policy).map(RoleOptions::read),
        policyArns(),
        tags());
  }

  /// The same, for what keeps a role.
  RoleRequest request(String roleArn, SignIn signIn) {
    Wanted wanted = wanted(roleArn, signIn.arn());
    return new RoleRequest(
        roleArn,
        wanted.sessionName().orElseGet(signIn::userName),
        duration(),
        wanted.policy(),
        wanted.policyArns(),
        wanted.tags());
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static String read(Path policy) {
    try {
      return Files.readString(policy);
    } catch (IOException _) {
      throw new Stop(ExitCode.USAGE, "%s cannot be read.".formatted(policy));
    }
  }

  private List<String> policyArns() {
    List<String> all = new ArrayList<>(policyArns);
    if (readOnly || (agent != null && policy == null && policyArns.isEmpty())) {
      all.add(READ_ONLY);
    }
    return all;
  }

  private Map<String, String> tags() {
    Map<String, String> all = new TreeMap<>(tags);
    if (agent != null) {
      all.put("agent", agent);
    }
    return all;
  }

  /// An agent's is told from the person's own in every trail.
  private Optional<String> sessionName(String user) {
    if (agent == null) {
      return Optional.ofNullable(sessionName);
    }
    if (!AGENT.matcher(agent).matches()) {
      throw new Stop(
          ExitCode.USAGE, "An agent's name has up to 32 letters, digits and characters of _=,.@-.");
    }
    String person = Optional.ofNullable(sessionName).orElse(name(user));
    int most = LONGEST_SESSION_NAME - 1 - agent.length();
    return Optional.of(person.substring(0, Math.min(person.length(), most)) + "+" + agent);
  }

  /// The ARN of a role that is named; [Stop] where there is none, or more than one.
  static String arn(Broker broker, SignIn signIn, String role) {
    return role.startsWith("arn:") ? role : named(broker.roles(signIn), role).arn();
  }

  /// The one of these with this name or ARN; [Stop] where there is none, or more than one.
  static Role named(List<Role> roles, String role) {
    List<Role> named =
        roles.stream()
            .filter(is -> is.name().equalsIgnoreCase(role) || is.arn().equals(role))
            .toList();
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
    return named.getFirst();
  }
}
