package dev.daypass.cli;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import dev.daypass.client.sources.QueryAnswer;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass mfa add`: IAM's CreateVirtualMFADevice and EnableMFADevice.
@Command(
    name = "add",
    description = "Enrol one more second factor.",
    mixinStandardHelpOptions = true)
final class MfaAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "KIND",
      description = "totp: an authenticator app, here. passkey: in a browser.")
  private String kind;

  @Option(names = "--name", paramLabel = "NAME", description = "Default: your name.")
  private String name = "";

  @SuppressWarnings("NullAway.Init")
  MfaAddCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = new Here();
    SignIn signIn = here.signIn();
    return switch (kind) {
      case "totp" -> totp(here, signIn);
      case "passkey" -> {
        Pages.of(spec).show(signIn.server().resolve("/security"), false);
        yield 0;
      }
      default ->
          throw new Stop(ExitCode.USAGE, "`%s` is neither totp nor passkey.".formatted(kind));
    };
  }

  private int totp(Here here, SignIn signIn) throws IOException {
    MfaCommand.check(signIn);
    try (Terminal terminal = Terminal.open()) {
      IdentityService iam = new IdentityService(signIn, here.clock());
      String user = signIn.userName();
      QueryAnswer made =
          iam.call(
              "CreateVirtualMFADevice",
              Map.of("VirtualMFADeviceName", name.isEmpty() ? user : name));
      String serial = made.get("SerialNumber");
      try {
        show(terminal, made, user);
        enable(new CodePrompt(terminal, here.clock()), iam, user, serial);
      } catch (RuntimeException | IOException failed) {
        // A device that nobody has enabled is of no use to anybody.
        iam.call("DeleteVirtualMFADevice", Map.of("SerialNumber", serial));
        throw failed;
      }
      spec.commandLine().getOut().println(serial);
      return 0;
    }
  }

  private static void show(Terminal terminal, QueryAnswer made, String user) throws IOException {
    Secret seed =
        Secret.of(
            new String(
                Base64.getDecoder().decode(made.get("Base32StringSeed")),
                StandardCharsets.US_ASCII));
    Surroundings around = Surroundings.here();
    if (around.unicode() && !around.dumb()) {
      terminal.say(
          QrText.of(
              "otpauth://totp/Daypass:%s?secret=%s&issuer=Daypass"
                  .formatted(user, seed.revealText()),
              around.colour()));
    }
    terminal.say("Scan it with your authenticator app, or type its key: " + seed.revealText());
  }

  private static void enable(CodePrompt codes, IdentityService iam, String user, String serial)
      throws IOException {
    while (true) {
      String first = codes.code("Code: ");
      String second = codes.code("The next code: ");
      try {
        iam.call(
            "EnableMFADevice",
            Map.of(
                "UserName", user,
                "SerialNumber", serial,
                "AuthenticationCode1", first,
                "AuthenticationCode2", second));
        return;
      } catch (BrokerRefused refused) {
        if (!refused.code().equals("InvalidAuthenticationCode")) {
          throw refused;
        }
        codes.refused(String.valueOf(refused.getMessage()));
      }
    }
  }
}
