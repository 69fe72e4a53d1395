package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Broker;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.ShownCode;
import dev.daypass.client.SignIn;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass mfa test`: whether a device works, before one depends on it.
@Command(
    name = "test",
    description = "Try a second factor. It changes nothing; a code that is tried is used up.",
    mixinStandardHelpOptions = true)
final class MfaTestCommand implements Callable<Integer> {
  private static final String PASSKEY = "passkey";
  private static final String OF_PASSKEYS = ":u2f/";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SERIAL",
      description = "Where there is more than one. passkey: in a browser.")
  private @Nullable String serial;

  @Option(names = "--stdin", description = "Read the code from standard input.")
  private boolean stdin;

  @Option(names = "--json", description = "Say what came of it as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  MfaTestCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = stdin ? Here.silent() : new Here();
    SignIn signIn = here.signIn();
    if (serial != null && (serial.equals(PASSKEY) || serial.contains(OF_PASSKEYS))) {
      Pages.of(spec).show(signIn.server().resolve("/step-up?next=%2Fsecurity"), false);
      return 0;
    }
    try (Terminal terminal = stdin ? Terminal.piped(System.in) : Terminal.open()) {
      tell(tried(signIn, new CodePrompt(terminal, here.clock())));
    }
    return 0;
  }

  /// The serial number of the device that works.
  private String tried(SignIn signIn, CodePrompt prompt) throws IOException {
    Broker broker = Here.broker(signIn);
    while (true) {
      Secret code = Secret.of(prompt.code("Code: "));
      try {
        return broker.checkCode(signIn, new ShownCode(Optional.ofNullable(serial), code, false));
      } catch (BrokerRefused refused) {
        prompt.refused(wrong(refused));
      }
    }
  }

  /// Why the code did not do; fails where another would not do either, or nobody is there to type
  /// one.
  private String wrong(BrokerRefused refused) {
    if (refused.code().equals("NoSuchEntity")) {
      throw new Stop(
          ExitCode.FAILED,
          "You have no device that shows codes. A passkey is tried in a browser.",
          "daypass mfa test passkey");
    }
    if (!refused.code().equals("AccessDenied")) {
      throw refused;
    }
    String why = String.valueOf(refused.getMessage()).strip();
    if (stdin) {
      throw new Stop(ExitCode.FAILED, why);
    }
    return why;
  }

  private void tell(String works) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.std.asString(new TreeMap<>(Map.of("serialNumber", works, "works", true))));
    } else {
      out.println(works + " works.");
    }
    Prose.of(spec).note("This code is used up: what asks for one takes the next.");
  }
}
