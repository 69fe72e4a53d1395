package dev.daypass.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `daypass logout`.
@Command(
    name = "logout",
    description = "End the sign-in and every session that came of it, at the broker and here.",
    mixinStandardHelpOptions = true)
final class LogoutCommand implements Callable<Integer> {
  @Option(names = "--local-only", description = "Forget it here; the broker is not told.")
  private boolean localOnly;

  @Override
  public Integer call() throws IOException {
    Here here = new Here();
    if (!localOnly) {
      here.profile()
          .signIn()
          .filter(signIn -> !signIn.expired(here.clock().instant()))
          .ifPresent(signIn -> Here.broker(signIn).signOut(signIn));
    }
    here.profile().forget();
    return 0;
  }
}
