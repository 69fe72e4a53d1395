package dev.daypass.cli;

import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass console`. The browser signs in by itself: an address that did so would let in whoever
/// reads it.
@Command(
    name = "console",
    description = "Open the broker's pages: your security, sessions, activity; the console.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Pages: /security, /security/sessions, /security/keys, /security/activity,",
      "/security/password; for administrators /admin/users and /admin/activity."
    })
final class ConsoleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      defaultValue = "/security",
      description = "Which page. Default: ${DEFAULT-VALUE}.")
  private String path;

  @Option(names = "--print-url", description = "Print its address only.")
  private boolean printOnly;

  @SuppressWarnings("NullAway.Init")
  ConsoleCommand() {}

  @Override
  public Integer call() {
    if (!path.matches("/[A-Za-z0-9/_-]*(\\?[A-Za-z0-9=&%._~:-]*)?") || path.startsWith("//")) {
      throw new Stop(ExitCode.USAGE, "`%s` is no page such as /security.".formatted(path));
    }
    URI server =
        Here.silent()
            .server()
            .orElseThrow(
                () -> new Stop(ExitCode.SIGN_IN, "No broker is known yet.", "daypass login"));
    Pages.of(spec).show(server.resolve(path), printOnly);
    return 0;
  }
}
