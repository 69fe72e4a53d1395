package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Credentials;
import dev.daypass.client.Profile.Remembered;
import dev.daypass.sidecar.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass status`. It asks neither the broker nor a keyring: a prompt can show it.
@Command(
    name = "status",
    description = "What this computer has: the sign-in, its roles, and how long they last.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 signed in, for as long as asked; 4 not."})
final class StatusCommand implements Callable<Integer> {
  private static final Duration NONE = Duration.ZERO;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(names = "--watch", description = "Go on saying it until the sign-in ends, or Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--check",
      paramLabel = "TIME",
      description = "Exit with 4 where less than that is left of the sign-in, such as 10m.")
  private @Nullable String check;

  @SuppressWarnings("NullAway.Init")
  StatusCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Here here = Here.silent();
    Duration wanted = Optional.ofNullable(check).map(Durations::parse).orElse(NONE);
    if (watch) {
      return watched(here, wanted);
    }
    Instant now = here.clock().instant();
    Optional<Remembered> signIn = here.profile().remembered();
    if (json) {
      spec.commandLine().getOut().println(JSON.std.asString(told(here, signIn, now)));
    } else {
      show(here, signIn, now);
    }
    return lasts(signIn, wanted, now) ? 0 : ExitCode.SIGN_IN;
  }

  private static boolean lasts(Optional<Remembered> signIn, Duration wanted, Instant now) {
    return signIn.filter(is -> now.plus(wanted).isBefore(is.expiresAt())).isPresent();
  }

  private Map<String, Object> told(Here here, Optional<Remembered> signIn, Instant now) {
    Map<String, Object> told = new TreeMap<>(Map.of("signedIn", lasts(signIn, NONE, now)));
    signIn.ifPresent(
        is -> {
          told.put("arn", is.arn());
          told.put("server", is.server().toString());
          told.put("mfa", is.mfa());
          told.put("expiresAt", is.expiresAt().toString());
          told.put("place", is.place());
        });
    told.put(
        "roles",
        roles(here, now).stream()
            .map(is -> Map.of("arn", is.arn(), "expiration", is.expiration().toString()))
            .toList());
    return told;
  }

  private static List<Credentials> roles(Here here, Instant now) {
    return here.profile().allCredentials().stream().filter(is -> is.lastFor(NONE, now)).toList();
  }

  private void show(Here here, Optional<Remembered> signIn, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    if (signIn.isEmpty()) {
      out.println("You are not signed in. Run: daypass login");
    } else {
      Remembered is = signIn.get();
      out.println(is.arn());
      out.printf("  at       %s%n", is.server());
      out.printf("  MFA      %s%n", is.mfa() ? "yes" : "no");
      out.printf("  until    %s (%s)%n", is.expiresAt(), left(is.expiresAt(), now));
      out.printf("  kept     %s%n", is.place());
    }
    for (Credentials role : roles(here, now)) {
      out.printf("%s  %s%n", role.arn(), left(role.expiration(), now));
    }
  }

  /// A line, which a terminal shows in the place of the one before.
  private int watched(Here here, Duration wanted) throws InterruptedException {
    boolean terminal = System.console() != null && System.console().isTerminal();
    PrintWriter out = spec.commandLine().getOut();
    String before = "";
    Ending ending = new Ending(Notification.by(Prose.of(spec)));
    while (true) {
      Instant now = here.clock().instant();
      Optional<Remembered> signIn = here.profile().remembered();
      String line = line(signIn, roles(here, now), now);
      ending.look(signIn, roles(here, now), now);
      if (!line.equals(before)) {
        out.print(terminal ? "\r\u001b[K" + line : line + System.lineSeparator());
        out.flush();
        before = line;
      }
      if (!lasts(signIn, wanted, now)) {
        out.print(terminal ? System.lineSeparator() : "");
        out.flush();
        return ExitCode.SIGN_IN;
      }
      Thread.sleep(Duration.ofSeconds(1));
    }
  }

  private static String line(Optional<Remembered> signIn, List<Credentials> roles, Instant now) {
    StringBuilder line =
        new StringBuilder(
            signIn
                .map(is -> name(is.arn()) + " " + left(is.expiresAt(), now))
                .orElse("You are not signed in."));
    roles.forEach(
        role ->
            line.append(", ")
                .append(role(role.arn()))
                .append(' ')
                .append(left(role.expiration(), now)));
    return line.toString();
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /// Of `arn:aws:sts::111122223333:assumed-role/deploy/alice` it is `deploy`.
  static String role(String arn) {
    String[] parts = arn.split("/", -1);
    return parts.length > 2 ? parts[1] : name(arn);
  }

  static String left(Instant end, Instant now) {
    Duration left = Duration.between(now, end);
    if (left.isNegative() || left.isZero()) {
      return "ended";
    }
    long hours = left.toHours();
    return hours > 0
        ? "%d h %02d min left".formatted(hours, left.toMinutesPart())
        : "%d min left".formatted(left.toMinutes());
  }
}
