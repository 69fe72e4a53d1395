package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.cli.RoleProfiles.Change;
import dev.daypass.client.Broker;
import dev.daypass.client.Role;
import dev.daypass.client.SignIn;
import dev.daypass.client.aws.ProfileFile;
import dev.daypass.client.aws.ProfileText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass configure`.
@Command(
    name = "configure",
    description = "Write profiles for your roles into ~/.aws/config, for every AWS tool to use.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Profiles that somebody else made are left alone, and exit code 8 says so.",
      "Comments and order stay. AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say",
      "which files they are."
    })
final class ConfigureCommand implements Callable<Integer> {
  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]{3,20}:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]{1,600}");

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "ROLE", description = "Names or ARNs of roles.")
  private List<String> roles = List.of();

  @Option(names = "--all-roles", description = "Every role that you can assume.")
  private boolean all;

  @Option(
      names = "--name-template",
      paramLabel = "TEXT",
      defaultValue = "{role}",
      description = "What profiles are called: {account} and {role}. Default: ${DEFAULT-VALUE}.")
  private String template;

  @Option(
      names = "--prune",
      description =
          "With --all-roles: remove the profiles of roles that you cannot assume any more.")
  private boolean prune;

  @Option(names = "--force", description = "Replace profiles that somebody else made, too.")
  private boolean force;

  @Option(names = "--dry-run", description = "Say what would change, and change nothing.")
  private boolean dryRun;

  @Option(names = "--print", description = "Print the profiles, and change nothing.")
  private boolean print;

  @Option(names = "--json", description = "Say what came of it as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  ConfigureCommand() {}

  @Override
  public Integer call() throws IOException {
    check();
    SignIn signIn = new Here().signIn();
    Broker broker = Here.broker(signIn);
    Map<String, String> wanted = named(wanted(broker, signIn));
    AwsFiles files = new AwsFiles(System.getenv());
    ProfileText endpoints = endpoints(broker);
    ProfileText credentials = read(files.credentials());
    RoleProfiles planned =
        changed(new RoleProfiles(read(files.config()), endpoints, broker.server()), wanted);
    shadowed(planned, credentials);
    if (!print && !dryRun) {
      write(files.config(), endpoints, broker, wanted);
    }
    report(planned, files.config());
    return planned.changes().containsValue(Change.CONFLICT) ? ExitCode.CONFLICT : 0;
  }

  private void check() {
    if (all != roles.isEmpty()) {
      throw new Stop(ExitCode.USAGE, "Which roles? Name them, or use --all-roles.");
    }
    if (prune && !all) {
      throw new Stop(ExitCode.USAGE, "--prune goes with --all-roles.");
    }
    if (!template.contains("{role}") && !(roles.size() == 1)) {
      throw new Stop(ExitCode.USAGE, "A name for several roles has {role} in it.");
    }
  }

  private static ProfileText endpoints(Broker broker) {
    try {
      ProfileText told = ProfileText.parse(broker.awsConfig());
      if (told.has(RoleProfiles.SERVICES)) {
        return told;
      }
    } catch (IllegalArgumentException _) {
      // Whatever answered, it was not a broker.
    }
    throw new Stop(
        ExitCode.FAILED, "%s does not say where its services are.".formatted(broker.server()));
  }

  private List<Role> wanted(Broker broker, SignIn signIn) {
    List<Role> known = broker.roles(signIn);
    if (all) {
      return known;
    }
    return roles.stream().map(name -> RoleOptions.named(known, name)).toList();
  }

  /// The roles' ARNs by the names of their profiles.
  private Map<String, String> named(List<Role> wanted) {
    Map<String, String> named = new LinkedHashMap<>();
    for (Role role : wanted) {
      check(role);
      String name = template.replace("{account}", role.account()).replace("{role}", role.name());
      if (!ProfileText.canBeCalled(name)) {
        throw new Stop(
            ExitCode.USAGE, "`%s` cannot be a profile's name.".formatted(Shown.line(name)));
      }
      if (named.put(name, role.arn()) != null) {
        throw new Stop(
            ExitCode.USAGE,
            "Two roles would have the profile `%s`. Use --name-template '{account}-{role}'."
                .formatted(name));
      }
    }
    return named;
  }

  /// SDKs give what stands in the file to a shell: nothing in an ARN may mean anything to it.
  private static void check(Role role) {
    if (!ARN.matcher(role.arn()).matches()) {
      throw new Stop(
          ExitCode.FAILED,
          "The broker names a role `%s`, which is no ARN.".formatted(Shown.line(role.arn())));
    }
  }

  private RoleProfiles changed(RoleProfiles profiles, Map<String, String> wanted) {
    wanted.forEach((name, arn) -> profiles.put(name, arn, force));
    if (prune) {
      profiles.prune(new ArrayList<>(wanted.values()));
    }
    return profiles;
  }

  /// What is planned may be planned anew: somebody else may have written meanwhile.
  private void write(
      ProfileFile config, ProfileText endpoints, Broker broker, Map<String, String> wanted) {
    try {
      config.change(
          now -> changed(new RoleProfiles(now, endpoints, broker.server()), wanted).text());
    } catch (IOException e) {
      throw new Stop(
          ExitCode.FAILED, "%s was not changed: %s".formatted(config.path(), e.getMessage()));
    }
  }

  private static ProfileText read(ProfileFile file) {
    try {
      return file.read();
    } catch (IOException e) {
      throw new Stop(ExitCode.FAILED, "A file of AWS's cannot be read: " + e.getMessage());
    }
  }

  /// Keys in `~/.aws/credentials` are used before what a profile's process gives.
  private void shadowed(RoleProfiles planned, ProfileText credentials) {
    planned.changes().keySet().stream()
        .filter(credentials::has)
        .forEach(
            name ->
                Prose.of(spec)
                    .warn(
                        "[%s] in the credentials file has keys of its own, which are used first.",
                        name));
  }

  private void report(RoleProfiles planned, ProfileFile config) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (print) {
      out.print(planned.shown());
      out.flush();
    } else if (json) {
      out.println(
          JSON.std.asString(
              Map.of(
                  "file", config.path().toString(),
                  "dryRun", dryRun,
                  "profiles", planned.changes())));
    } else {
      planned.changes().forEach((name, change) -> out.println(said(name, change)));
      out.printf("%s%s%n", dryRun ? "Nothing was written to " : "", config.path());
    }
  }

  private static String said(String name, Change change) {
    return change == Change.CONFLICT
        ? "%-10s%s: somebody else made it (--force replaces it)".formatted("left", name)
        : "%-10s%s".formatted(change.name().toLowerCase(Locale.ROOT), name);
  }
}
