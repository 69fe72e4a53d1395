package dev.daypass.cli;

import dev.daypass.sidecar.InvalidConfig;
import dev.daypass.sidecar.Outside;
import dev.daypass.sidecar.RefreshExplanation;
import dev.daypass.sidecar.Sidecar;
import dev.daypass.sidecar.SidecarConfig;
import dev.daypass.sidecar.SidecarConfig.Role;
import dev.daypass.sidecar.SidecarDefaults;
import dev.daypass.sidecar.SidecarFile;
import dev.daypass.sidecar.address.Addresses;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sun.misc.Signal;

/// `daypass serve`.
@Command(
    name = "serve",
    description =
        "Keep credentials fresh and serve them to programs here, the way AWS's containers get theirs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It runs until it is stopped. SIGHUP changes the callers' tokens; the former ones",
      "count for a minute yet. Its log goes to standard error, a JSON object a line."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServeOptions options;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "All of it as YAML: several roles, each with its source; pods.")
  private @Nullable Path file;

  @Option(
      names = "--explain-refresh",
      description = "Say when credentials are fetched and what outage is survived; do nothing.")
  private boolean explain;

  @SuppressWarnings("NullAway.Init")
  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try {
      serve();
      return 0;
    } catch (IOException | IllegalArgumentException e) {
      // A file, an address or a setting that cannot be.
      throw new InvalidConfig(String.valueOf(e.getMessage()));
    }
  }

  private void serve() throws IOException, InterruptedException {
    Here here = Here.silent();
    SidecarConfig config = config(here);
    PrintWriter out = spec.commandLine().getOut();
    if (explain) {
      new RefreshExplanation(config).lines().forEach(out::println);
      return;
    }
    Outside outside =
        new Outside(
            here.clock(),
            here.profile()::signIn,
            System.err,
            Prose.of(spec).quiet(),
            Daypass.VERSION);
    warn(config);
    try (Sidecar sidecar = Sidecar.start(config, outside)) {
      sayWhere(sidecar, config, out);
      untilStopped(sidecar);
    }
  }

  private void warn(SidecarConfig config) {
    for (Role role : config.roles()) {
      RefreshExplanation.warning(role.request().duration())
          .ifPresent(warning -> Prose.of(spec).note("%s: %s", role.name(), warning.strip()));
    }
  }

  private SidecarConfig config(Here here) throws IOException {
    SidecarDefaults defaults = new SidecarDefaults(System.getenv(), here.profile().server());
    if (file == null) {
      return options.config(defaults, tokens(here), SignedRoles.of(here));
    }
    if (options.ofSignIn()) {
      throw new InvalidConfig("--config says which roles: leave out ROLE.");
    }
    return new SidecarFile(defaults).read(Files.readString(file));
  }

  /// A folder that goes with the login, else one that is as private.
  private static Path tokens(Here here) {
    return Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
        .map(runtime -> Path.of(runtime, "daypass"))
        .orElseGet(() -> here.folder().resolve("tokens"));
  }

  /// What a program needs, ready for a shell.
  private void sayWhere(Sidecar sidecar, SidecarConfig config, PrintWriter out) {
    for (InetSocketAddress at : sidecar.credentialsAt()) {
      out.println("export AWS_CONTAINER_CREDENTIALS_FULL_URI=" + url(at) + "/v1/credentials");
    }
    config.roles().forEach(role -> sayWhere(role, out));
    config.listening().sockets().forEach(socket -> out.println(asked(socket)));
    sidecar
        .metadataAt()
        .ifPresent(at -> out.println("export AWS_EC2_METADATA_SERVICE_ENDPOINT=" + url(at) + "/"));
    out.flush();
    sidecar.statusAt().ifPresent(at -> Prose.of(spec).note("status at %s/status", url(at)));
  }

  /// SDKs know no sockets.
  private static String asked(Path socket) {
    return "# curl --unix-socket %s -H \"Authorization: $(cat TOKEN_FILE)\" http://localhost/v1/credentials"
        .formatted(socket);
  }

  private static void sayWhere(Role role, PrintWriter out) {
    out.println("# " + role.name());
    role.to()
        .tokenFile()
        .ifPresent(
            token ->
                out.println(
                    "export AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE="
                        + token.path().toAbsolutePath()));
    role.to()
        .credentialsFile()
        .ifPresent(
            place -> {
              out.println("export AWS_SHARED_CREDENTIALS_FILE=" + place.file());
              out.println("export AWS_PROFILE=" + place.profile());
            });
  }

  private static String url(InetSocketAddress at) {
    return "http://" + Addresses.format(at);
  }

  private void untilStopped(Sidecar sidecar) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Signal.handle(new Signal("TERM"), _ -> stopped.countDown());
    Signal.handle(new Signal("INT"), _ -> stopped.countDown());
    Signal.handle(
        new Signal("HUP"),
        _ -> {
          try {
            sidecar.rotateTokens();
          } catch (IOException e) {
            Prose.of(spec).warn("the tokens stay as they are: %s", e);
          }
        });
    stopped.await();
  }
}
