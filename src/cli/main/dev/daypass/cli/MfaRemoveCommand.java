package dev.daypass.cli;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass mfa remove`: IAM's DeactivateMFADevice and DeleteVirtualMFADevice.
@Command(
    name = "remove",
    description = "Remove a second factor. It ends all of your sign-ins, this one too.",
    mixinStandardHelpOptions = true)
final class MfaRemoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERIAL", description = "As 'daypass mfa list' has it.")
  private String serial;

  @SuppressWarnings("NullAway.Init")
  MfaRemoveCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = new Here();
    SignIn signIn = here.signIn();
    MfaCommand.check(signIn);
    IdentityService iam = new IdentityService(signIn, here.clock());
    String user = signIn.userName();
    deactivate(iam, user);
    boolean left = serial.contains(":mfa/") && !deleted(iam);
    Prose prose = Prose.of(spec);
    prose.note("%s is removed.", serial);
    if (left) {
      prose.note(
          "Your sign-ins ended with it. Its name is free once you have signed in and done this again.");
    }
    return 0;
  }

  /// One that is not in use any more may still be there.
  private void deactivate(IdentityService iam, String user) {
    try {
      iam.call("DeactivateMFADevice", Map.of("UserName", user, "SerialNumber", serial));
    } catch (BrokerRefused refused) {
      if (!refused.code().equals("NoSuchEntity")) {
        throw refused;
      }
    }
  }

  /// The sign-in has ended with the device, and cannot do this any more: the next one can.
  private boolean deleted(IdentityService iam) {
    try {
      iam.call("DeleteVirtualMFADevice", Map.of("SerialNumber", serial));
      return true;
    } catch (BrokerRefused refused) {
      if (refused.code().equals("NoSuchEntity")) {
        throw refused;
      }
      return false;
    }
  }
}
