package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass whoami`.
@Command(
    name = "whoami",
    description = "Who the broker takes you for.",
    mixinStandardHelpOptions = true)
final class WhoamiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  WhoamiCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    Map<String, Object> identity = Here.broker(signIn).identity(signIn);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.std.asString(identity));
    } else {
      out.println(identity.get("arn"));
      out.printf("  server   %s%n", signIn.server());
      out.printf("  user id  %s%n", identity.get("userId"));
      out.printf("  MFA      %s%n", Boolean.TRUE.equals(identity.get("mfa")) ? "yes" : "no");
      out.printf("  until    %s%n", signIn.expiresAt());
    }
    return 0;
  }
}
