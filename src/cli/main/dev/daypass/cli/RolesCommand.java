package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Role;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass roles`.
@Command(
    name = "roles",
    description = "The roles you can assume, now or with a second factor.",
    mixinStandardHelpOptions = true)
final class RolesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  RolesCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    List<Role> roles = Here.broker(signIn).roles(signIn);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JSON.std.asString(Map.of("roles", roles.stream().map(RolesCommand::shown).toList())));
      return 0;
    }
    if (roles.isEmpty()) {
      Prose.of(spec).note("There is no role you can assume.");
    }
    for (Role role : roles) {
      out.printf(
          "%-20s  %-60s  up to %-4s  %s%n",
          role.name(),
          role.arn(),
          role.longestSession().toHours() + "h",
          role.needsMfa() ? "sign in with MFA first" : "now");
    }
    return 0;
  }

  private static Map<String, Object> shown(Role role) {
    return Map.of(
        "arn", role.arn(),
        "name", role.name(),
        "account", role.account(),
        "description", role.description(),
        "maxSessionSeconds", role.longestSession().toSeconds(),
        "needsMfa", role.needsMfa());
  }
}
