package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Broker;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass sessions list`.
@Command(
    name = "list",
    description = "The sessions that have not expired, newest first: your own, or others'.",
    mixinStandardHelpOptions = true,
    footer = {"", "Whose sessions are not your own need the permission daypass:ListSessions."})
final class SessionsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ArgGroup private @Nullable Whose whose;

  @Option(
      names = "--json",
      description = "As JSON, with where from, which MFA and the whole chain.")
  private boolean json;

  /// Whose sessions, where not one's own.
  static final class Whose {
    @Option(names = "--all", description = "Those of the account.")
    private boolean all;

    @Option(names = "--user", paramLabel = "NAME", description = "All that goes back to a user.")
    private @Nullable String user;

    @Option(names = "--role", paramLabel = "NAME", description = "Those of a role.")
    private @Nullable String role;

    @Option(
        names = "--source-identity",
        paramLabel = "NAME",
        description = "Those with a source identity.")
    private @Nullable String sourceIdentity;

    Map<String, String> filter() {
      Map<String, String> filter = new TreeMap<>();
      if (all) {
        filter.put("all", "true");
      }
      put(filter, "user", user);
      put(filter, "role", role);
      put(filter, "sourceIdentity", sourceIdentity);
      return filter;
    }

    private static void put(Map<String, String> filter, String name, @Nullable String value) {
      if (value != null) {
        filter.put(name, value);
      }
    }
  }

  @SuppressWarnings("NullAway.Init")
  SessionsListCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    List<Map<?, ?>> sessions =
        all(Here.broker(signIn), signIn, whose == null ? Map.of() : whose.filter());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.std.asString(Map.of("sessions", sessions)));
      return 0;
    }
    if (sessions.isEmpty()) {
      Prose.of(spec).note("There are none.");
    }
    sessions.forEach(session -> show(session, out));
    return 0;
  }

  private static List<Map<?, ?>> all(Broker broker, SignIn signIn, Map<String, String> filter) {
    List<Map<?, ?>> all = new ArrayList<>();
    Map<String, String> page = new TreeMap<>(filter);
    Object next;
    do {
      Map<String, Object> answer = broker.sessions(signIn, page);
      for (Object session : (List<?>) answer.getOrDefault("sessions", List.of())) {
        all.add((Map<?, ?>) session);
      }
      next = answer.get("marker");
      page.put("nextToken", String.valueOf(next));
    } while (next != null);
    return all;
  }

  private static void show(Map<?, ?> session, PrintWriter out) {
    boolean revoked = Boolean.TRUE.equals(session.get("revoked"));
    out.printf(
        "%s  %s%n    %s from %s, %s %s%n",
        session.get("sessionId"),
        session.get("arn"),
        session.get("began"),
        session.get("sourceIpAddress"),
        revoked ? "revoked; would have lasted until" : "until",
        session.get("expiresAt"));
  }
}
