package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Broker;
import dev.daypass.client.BrokerAddress;
import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import dev.daypass.client.store.SecretStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass login`.
@Command(
    name = "login",
    description = {
      "Sign in: in a browser, where there is one; else by a code that you type into any browser.",
      "The way you choose is remembered for the broker."
    },
    mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "ROLE",
      description = "A role to have credentials of afterwards.")
  private @Nullable String role;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The broker. Default: $$DAYPASS_SERVER, or that of the last sign-in.")
  private @Nullable URI server;

  @ArgGroup private @Nullable LoginWay way;

  @Option(
      names = "--callback-port",
      paramLabel = "N",
      description = "Where the browser's answer is waited for, such as with ssh -L. Default: any.")
  private int port;

  @Option(
      names = "--browser-cmd",
      paramLabel = "CMD",
      description = "The program that opens the address, with its arguments.")
  private @Nullable String browser;

  @Option(names = "--account", paramLabel = "ID", description = "With --tty: the 12 digits.")
  private @Nullable String account;

  @Option(names = "--user", paramLabel = "NAME", description = "With --tty: your sign-in name.")
  private @Nullable String user;

  @Option(
      names = "--mfa",
      paramLabel = "FACTOR",
      description =
          "webauthn: a passkey, in a browser. totp, recovery: a code, or a recovery code, typed here. Default: what you have.")
  private @Nullable String mfa;

  @Option(names = "--json", description = "Say what came of it as JSON.")
  private boolean json;

  @Mixin private Storage storage;
  @Mixin private RoleOptions options;
  @Mixin private CodeOptions codes;

  @SuppressWarnings("NullAway.Init")
  LoginCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new Stop(ExitCode.USAGE, "--callback-port is up to %d.".formatted(HIGHEST_PORT));
    }
    Optional<SecondFactor> factor = factor();
    boolean piped = way != null && way.flow() == LoginFlow.STDIN;
    Here here = piped ? Here.silent() : new Here();
    URI broker = serverOr(here);
    Surroundings around = Surroundings.here();
    LoginFlow flow = flow(here, broker, around, factor);
    factor.ifPresent(is -> is.check(flow));
    SecretStore store = storage.chosen(here);
    SignIn signIn = signIn(flow, new SigningIn(new Broker(broker), here, around, Prose.of(spec)));
    refuseUnproven(signIn, factor);
    here.profile().keep(signIn, store);
    remember(here, broker);
    return report(here, signIn, store, flow);
  }

  /// What was chosen. A program that prints codes chooses them.
  private Optional<SecondFactor> factor() {
    Optional<SecondFactor> chosen = Optional.ofNullable(mfa).map(SecondFactor::of);
    if (codes.byProgram() && !chosen.orElse(SecondFactor.TOTP).equals(SecondFactor.TOTP)) {
      throw new Stop(ExitCode.USAGE, "--mfa-process prints codes: it goes with --mfa totp.");
    }
    return codes.byProgram() ? Optional.of(SecondFactor.TOTP) : chosen;
  }

  /// Who has chosen a second factor and was asked for none has none.
  private static void refuseUnproven(SignIn signIn, Optional<SecondFactor> factor) {
    if (factor.isPresent() && !signIn.mfa()) {
      new Broker(signIn.server()).signOut(signIn);
      throw new Stop(
          ExitCode.SIGN_IN,
          "You have no second factor yet, and are not signed in. Leave out --mfa, and enrol one in a browser.",
          "daypass console");
    }
  }

  /// What is typed and given must not be read on the way.
  private URI serverOr(Here here) {
    URI named = named(here);
    if (!BrokerAddress.confidential(named)) {
      throw new Stop(
          ExitCode.USAGE, "A broker is at https://..., or http:// on this computer alone.");
    }
    return named;
  }

  private URI named(Here here) {
    return Optional.ofNullable(server)
        .or(here::server)
        .orElseThrow(() -> new Stop(ExitCode.USAGE, "Which broker? Name it with --server URL."));
  }

  /// As it is said, else as it was said for this broker before, else as the place suggests.
  private LoginFlow flow(
      Here here, URI broker, Surroundings around, Optional<SecondFactor> factor) {
    if (way != null) {
      return way.flow();
    }
    if (browser != null) {
      return LoginFlow.BROWSER;
    }
    boolean typed = factor.filter(is -> is != SecondFactor.WEBAUTHN).isPresent();
    return here.settings()
        .get(broker, Settings.LOGIN_FLOW)
        .map(LoginCommand::known)
        .filter(flow -> factor.isEmpty() || flow.typed() == typed)
        .or(() -> Optional.of(LoginFlow.TTY).filter(_ -> typed))
        .orElseGet(
            // Whoever names a port has had it brought here from where the browser is.
            () ->
                port > 0 && around.usualFlow() == LoginFlow.DEVICE
                    ? LoginFlow.NO_BROWSER
                    : around.usualFlow());
  }

  private static LoginFlow known(String key) {
    return LoginFlow.of(key)
        .orElseThrow(
            () ->
                new Stop(
                    ExitCode.USAGE,
                    "The settings say login_flow = %s. There are browser, no-browser, device, tty and gui."
                        .formatted(key)));
  }

  private SignIn signIn(LoginFlow flow, SigningIn ways) throws IOException, InterruptedException {
    SigningIn.Person person =
        new SigningIn.Person(
            Optional.ofNullable(account),
            Optional.ofNullable(user),
            Optional.ofNullable(mfa).map(SecondFactor::of),
            codes);
    return switch (flow) {
      case BROWSER -> ways.inBrowser(Optional.of(opener(ways.around())), port);
      case NO_BROWSER -> ways.inBrowser(Optional.empty(), port);
      case DEVICE -> ways.anywhere();
      case TTY -> ways.typed(Terminal.open(), person);
      case GUI -> ways.typed(Dialogs.open(ways.around()), person);
      case STDIN -> ways.typed(Terminal.piped(System.in), person);
    };
  }

  private List<String> opener(Surroundings around) {
    return Optional.ofNullable(browser)
        .map(command -> List.of(command.strip().split("\\s+")))
        .or(around::browser)
        .orElseThrow(
            () ->
                new Stop(
                    ExitCode.FAILED,
                    "No program opens a browser here. Name one with --browser-cmd, or use --no-browser or --device."));
  }

  /// Where it was, and what was said by name, for the next time. What standard input brings is a
  /// program's affair.
  private void remember(Here here, URI broker) {
    storage.remember(here.settings());
    if (!here.settings().get(Settings.SERVER).equals(Optional.of(broker.toString()))) {
      here.settings().set(Settings.SERVER, broker.toString());
    }
    if (way != null && way.flow() != LoginFlow.STDIN) {
      here.settings().set(broker, Settings.LOGIN_FLOW, way.flow().key());
    }
  }

  private int report(Here here, SignIn signIn, SecretStore store, LoginFlow flow)
      throws IOException {
    Map<String, Object> told =
        new TreeMap<>(
            Map.of(
                "arn", signIn.arn(),
                "mfa", signIn.mfa(),
                "server", signIn.server().toString(),
                "expiresAt", signIn.expiresAt().toString(),
                "flow", flow.key(),
                "store", store.id()));
    say(signIn, store, here.clock().instant());
    if (role != null) {
      told.put("role", opened(here, signIn, role));
    }
    if (json) {
      spec.commandLine().getOut().println(JSON.std.asString(told));
    }
    return 0;
  }

  /// Credentials of the role, kept for whatever asks for them next.
  private Map<String, String> opened(Here here, SignIn signIn, String name) throws IOException {
    Credentials credentials =
        Lender.atTerminal(here, signIn, codes, Prose.of(spec)).credentials(options, name);
    Prose.of(spec)
        .note(
            "%s until %s. Try: daypass exec %s -- aws sts get-caller-identity",
            credentials.arn(), credentials.expiration(), name);
    return Map.of("arn", credentials.arn(), "expiration", credentials.expiration().toString());
  }

  private void say(SignIn signIn, SecretStore store, Instant now) {
    Duration left = Duration.between(now, signIn.expiresAt());
    Prose prose = Prose.of(spec);
    prose.note(
        "Signed in as %s%s, until %s (%d h).",
        signIn.arn(),
        signIn.mfa() ? " with a second factor" : " without a second factor",
        signIn.expiresAt(),
        left.plusMinutes(1).toHours());
    prose.note("The sign-in is kept %s.", store.place());
  }
}
