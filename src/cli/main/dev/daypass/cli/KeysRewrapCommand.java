package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Broker;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass keys rewrap`.
@Command(
    name = "rewrap",
    description = "Seal every secret anew with the primary key of the broker's sealing-key file.",
    mixinStandardHelpOptions = true,
    footer = {"", "It can be stopped at any time, and goes on where it was."})
final class KeysRewrapCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  KeysRewrapCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    Broker broker = Here.broker(signIn);
    int rewrapped = 0;
    Map<String, Object> answer;
    int step;
    do {
      answer = broker.rewrapSecrets(signIn);
      step = number(answer, "rewrapped");
      rewrapped += step;
    } while (step > 0 && number(answer, "remaining") > 0);
    int left = number(answer, "remaining");
    int unreadable = number(answer, "unreadable");
    show(rewrapped, left, unreadable);
    return left + unreadable == 0 ? 0 : ExitCode.FAILED;
  }

  private void show(int rewrapped, int left, int unreadable) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JSON.std.asString(
              Map.of("rewrapped", rewrapped, "remaining", left, "unreadable", unreadable)));
      return;
    }
    out.println(rewrapped + " secrets sealed anew.");
    if (left + unreadable > 0) {
      out.println(
          "%d are sealed with another key yet, and %d with none that the broker has."
              .formatted(left, unreadable));
    }
  }

  private static int number(Map<String, Object> answer, String name) {
    return answer.get(name) instanceof Number number ? number.intValue() : 0;
  }
}
