package dev.daypass.cli;

import dev.daypass.client.SignIn;
import dev.daypass.client.sources.RoleRequest;
import dev.daypass.sidecar.Outside;
import dev.daypass.sidecar.Sidecar;
import dev.daypass.sidecar.SidecarConfig;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.SidecarConfig.Listening;
import dev.daypass.sidecar.SidecarConfig.Role;
import dev.daypass.sidecar.SidecarConfig.Server;
import dev.daypass.sidecar.SidecarConfig.To;
import dev.daypass.sidecar.address.Addresses;
import dev.daypass.sidecar.http.TokenFile;
import dev.daypass.sidecar.keeping.RefreshPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A program that fetches its credentials as often as it needs them, from this process, which keeps
/// them fresh for as long as the program runs.
record ServedProgram(Here here, SignIn signIn) {
  private static final String NAME = "program";

  /// Runs it to its end, and gives its exit code.
  int run(RoleRequest request, ChildProcess child) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("daypass");
    Path token = folder.resolve("token");
    try (Sidecar sidecar = Sidecar.start(config(request, token), outside())) {
      URI endpoint =
          URI.create(
              "http://" + Addresses.format(sidecar.credentialsAt().getFirst()) + "/v1/credentials");
      child
          .environment()
          .putAll(
              ProgramEnvironment.of(
                  endpoint, token.toString(), signIn.server(), child.environment()));
      return child.run();
    } finally {
      Files.deleteIfExists(token);
      Files.deleteIfExists(folder);
    }
  }

  private SidecarConfig config(RoleRequest request, Path token) {
    return new SidecarConfig(
        new Server(signIn.server(), Optional.empty(), false, RefreshPolicy.STANDING_EVERY),
        Listening.at(List.of("127.0.0.1:0"), Optional.empty(), Optional.empty(), false),
        List.of(
            new Role(
                NAME,
                request,
                new From.SignIn(),
                new To(Optional.of(TokenFile.of(token)), Optional.empty()))),
        List.of());
  }

  /// The terminal is the program's: nothing is logged there.
  private Outside outside() {
    return new Outside(
        here.clock(),
        Here.silent().profile()::signIn,
        new PrintStream(OutputStream.nullOutputStream()),
        true,
        Daypass.VERSION);
  }
}
