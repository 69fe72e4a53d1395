package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Broker;
import dev.daypass.client.BrokerAddress;
import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import dev.daypass.client.login.TokenService;
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

  @ArgGroup private @Nullable Way way;

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

  @Option(names = "--json", description = "Say what came of it as JSON.")
  private boolean json;

  @Mixin private Storage storage;
  @Mixin private RoleOptions options;

  /// One way to sign in.
  static final class Way {
    @Option(names = "--browser", description = "Open a browser on this computer.")
    private boolean browser;

    @Option(names = "--no-browser", description = "Print the address only.")
    private boolean noBrowser;

    @Option(names = "--device", description = "Show a code to type into a browser anywhere.")
    private boolean device;

    @Option(names = "--tty", description = "Ask for password and code at the terminal.")
    private boolean tty;

    @Option(
        names = "--stdin",
        description = "Read them from standard input: password, code, new password.")
    private boolean stdin;

    LoginFlow flow() {
      if (browser) {
        return LoginFlow.BROWSER;
      }
      if (noBrowser) {
        return LoginFlow.NO_BROWSER;
      }
      if (device) {
        return LoginFlow.DEVICE;
      }
      return stdin && !tty ? LoginFlow.STDIN : LoginFlow.TTY;
    }
  }

  @SuppressWarnings("NullAway.Init")
  LoginCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new Stop(ExitCode.USAGE, "--callback-port is up to %d.".formatted(HIGHEST_PORT));
    }
    boolean piped = way != null && way.flow() == LoginFlow.STDIN;
    Here here = piped ? Here.silent() : new Here();
    URI broker = serverOr(here);
    Surroundings around = Surroundings.here();
    LoginFlow flow = flow(here, broker, around);
    SecretStore store = storage.chosen(here);
    SignIn signIn = signIn(flow, broker, here, around);
    here.profile().keep(signIn, store);
    remember(here, broker);
    return report(here, signIn, store, flow);
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
  private LoginFlow flow(Here here, URI broker, Surroundings around) {
    if (way != null) {
      return way.flow();
    }
    if (browser != null) {
      return LoginFlow.BROWSER;
    }
    return here.settings()
        .get(broker, Settings.LOGIN_FLOW)
        .map(LoginCommand::known)
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
                    "The settings say login_flow = %s. There are browser, no-browser, device and tty."
                        .formatted(key)));
  }

  private SignIn signIn(LoginFlow flow, URI server, Here here, Surroundings around)
      throws IOException, InterruptedException {
    Broker broker = new Broker(server);
    BrowserFlow browsers =
        new BrowserFlow(
            new TokenService(broker, around.toolName(), here.clock()),
            around,
            here.clock(),
            Prose.of(spec));
    return switch (flow) {
      case BROWSER -> browsers.here(Optional.of(opener(around)), port);
      case NO_BROWSER -> browsers.here(Optional.empty(), port);
      case DEVICE -> browsers.anywhere();
      case TTY -> atTerminal(broker, here, Terminal.open());
      case STDIN -> atTerminal(broker, here, Terminal.piped(System.in));
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

  private SignIn atTerminal(Broker broker, Here here, Terminal opened) throws IOException {
    try (Terminal terminal = opened) {
      String accountId = account != null ? account : terminal.line("Account: ");
      String name = user != null ? user : terminal.line("Name: ");
      return new PasswordFlow(broker, terminal, here.clock()).signIn(accountId, name);
    }
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
        new Lender(here, () -> signIn, Prose.of(spec)).credentials(options, name);
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
