package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass mfa list`: IAM's ListMFADevices.
@Command(
    name = "list",
    description = "The devices and passkeys you can sign in with.",
    mixinStandardHelpOptions = true)
final class MfaListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  MfaListCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = new Here();
    SignIn signIn = here.signIn();
    MfaCommand.check(signIn);
    List<Map<String, String>> devices =
        new IdentityService(signIn, here.clock()).call("ListMFADevices", Map.of()).members();
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JSON.std.asString(
              Map.of("devices", devices.stream().map(MfaListCommand::told).toList())));
      return 0;
    }
    for (Map<String, String> device : devices) {
      out.printf("%s  since %s%n", device.get("SerialNumber"), device.get("EnableDate"));
    }
    return 0;
  }

  private static Map<String, String> told(Map<String, String> device) {
    return new TreeMap<>(
        Map.of(
            "serialNumber", device.getOrDefault("SerialNumber", ""),
            "enabledAt", device.getOrDefault("EnableDate", "")));
  }
}
