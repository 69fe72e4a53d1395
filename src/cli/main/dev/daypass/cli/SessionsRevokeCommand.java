package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Broker;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass sessions revoke`.
@Command(
    name = "revoke",
    description = "End sessions, and every session that came of them.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "ID is from 'daypass sessions list', or that of an access key (AKIA...), which ends",
      "all that the key was traded for. What is not your own needs daypass:RevokeSession,",
      "and for all of a principal daypass:RevokeSessions."
    })
final class SessionsRevokeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Which which;

  @Option(
      names = "--issued-before",
      paramLabel = "TIME",
      description =
          "With --all or --principal: what was given until then (ISO 8601), not until now.")
  private @Nullable Instant issuedBefore;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  /// What is to end.
  static final class Which {
    @Parameters(paramLabel = "ID", description = "One or several sessions.")
    private @Nullable List<String> ids;

    @Option(names = "--all", description = "All of your own, with this sign-in.")
    private boolean all;

    @Option(
        names = "--principal",
        paramLabel = "ARN",
        description = "All of a user, a role or an identity provider, by ARN or unique id.")
    private @Nullable String principal;

    String principal(SignIn signIn) {
      return all ? signIn.arn() : String.valueOf(principal);
    }
  }

  @SuppressWarnings("NullAway.Init")
  SessionsRevokeCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    Broker broker = Here.broker(signIn);
    List<String> ids = which.ids;
    return ids == null ? endAll(broker, signIn, which.principal(signIn)) : end(broker, signIn, ids);
  }

  private int end(Broker broker, SignIn signIn, List<String> ids) throws IOException {
    if (issuedBefore != null) {
      throw new Stop(ExitCode.USAGE, "--issued-before goes with --all or --principal.");
    }
    for (String id : ids) {
      broker.endSession(signIn, id);
      say(Map.of("revoked", id), "Ended " + id + ".");
    }
    return 0;
  }

  private int endAll(Broker broker, SignIn signIn, String principal) throws IOException {
    Object before =
        broker
            .endSessions(signIn, principal, Optional.ofNullable(issuedBefore))
            .get("issuedBefore");
    say(
        Map.of("revoked", principal, "issuedBefore", String.valueOf(before)),
        "Ended all that %s was given until %s.".formatted(principal, before));
    return 0;
  }

  private void say(Map<String, String> told, String text) throws IOException {
    spec.commandLine().getOut().println(json ? JSON.std.asString(told) : text);
  }
}
