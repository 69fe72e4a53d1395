package dev.daypass.cli;

import dev.daypass.client.SignIn;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass password change`: IAM's ChangePassword.
@Command(
    name = "change",
    description = "Change your password. It ends your sign-ins, this one too.",
    mixinStandardHelpOptions = true)
final class PasswordChangeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--stdin",
      description = "Read the former and the new password from standard input, one a line.")
  private boolean stdin;

  @SuppressWarnings("NullAway.Init")
  PasswordChangeCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = stdin ? Here.silent() : new Here();
    SignIn signIn = here.signIn();
    try (Terminal terminal = stdin ? Terminal.piped(System.in) : Terminal.open()) {
      Secret former = terminal.secret("Password until now: ");
      Secret next = stdin ? terminal.secret("New password: ") : terminal.twice("New password: ");
      new IdentityService(signIn, here.clock())
          .call(
              "ChangePassword",
              Map.of("OldPassword", former.revealText(), "NewPassword", next.revealText()));
    }
    here.profile().forget();
    Prose.of(spec).note("Your password is changed. Sign in with it: daypass login");
    return 0;
  }
}
