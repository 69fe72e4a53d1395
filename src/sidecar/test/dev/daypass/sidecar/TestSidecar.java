package dev.daypass.sidecar;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.sources.RoleRequest;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.SidecarConfig.Listening;
import dev.daypass.sidecar.SidecarConfig.Role;
import dev.daypass.sidecar.SidecarConfig.Server;
import dev.daypass.sidecar.SidecarConfig.To;
import dev.daypass.sidecar.address.Addresses;
import dev.daypass.sidecar.http.PodRole;
import dev.daypass.sidecar.http.TokenFile;
import dev.daypass.wire.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A sidecar in this process, and what asks it byte by byte.
public final class TestSidecar implements AutoCloseable {
  public static final String APP = "arn:aws:iam::111122223333:role/app";

  private final Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Sidecar sidecar;

  /// An answer.
  public record Reply(int status, Map<String, Object> json, String body, String head) {}

  private TestSidecar(SidecarConfig config, Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    this.sidecar =
        Sidecar.start(
            config,
            new Outside(
                clock,
                Optional::empty,
                new PrintStream(log, true, StandardCharsets.UTF_8),
                false,
                "1"));
  }

  /// With an access key for each role, and a token file for each.
  public static TestSidecar of(FakeBroker broker, Path folder, String... roles) throws IOException {
    return of(broker, folder, InstantSource.system(), roles);
  }

  public static TestSidecar of(FakeBroker broker, Path folder, InstantSource clock, String... roles)
      throws IOException {
    List<Role> all = new ArrayList<>();
    for (String arn : roles) {
      all.add(role(arn, new From.Key("AKIAEXAMPLE", Secret.of("secret")), folder));
    }
    return new TestSidecar(
        config(broker, List.of(), all, List.of(), all.size() == 1), folder, clock);
  }

  public static TestSidecar of(FakeBroker broker, Path folder, List<Role> roles, List<PodRole> pods)
      throws IOException {
    return new TestSidecar(
        config(broker, List.of(), roles, pods, false), folder, InstantSource.system());
  }

  /// At a Unix socket, too.
  public static TestSidecar at(Path socket, FakeBroker broker, Path folder, String arn)
      throws IOException {
    Role role = role(arn, new From.Key("AKIAEXAMPLE", Secret.of("secret")), folder);
    return new TestSidecar(
        config(broker, List.of(socket), List.of(role), List.of(), false),
        folder,
        InstantSource.system());
  }

  public static Role role(String arn, From from, Path folder) {
    String name = SidecarDefaults.name(arn);
    return new Role(
        name,
        new RoleRequest(arn, "test", Duration.ofHours(1), Optional.empty(), Map.of()),
        from,
        new To(Optional.of(TokenFile.of(folder.resolve(name + ".token"))), Optional.empty()));
  }

  private static SidecarConfig config(
      FakeBroker broker,
      List<Path> sockets,
      List<Role> roles,
      List<PodRole> pods,
      boolean metadata) {
    InetSocketAddress anywhere = Addresses.parse("127.0.0.1:0");
    return new SidecarConfig(
        new Server(broker.url(), Optional.empty(), false, Duration.ofSeconds(1)),
        new Listening(
            List.of(anywhere),
            sockets,
            Optional.of(anywhere),
            metadata ? Optional.of(anywhere) : Optional.empty(),
            false),
        roles,
        pods);
  }

  public Sidecar sidecar() {
    return sidecar;
  }

  public int port() {
    return sidecar.credentialsAt().getFirst().getPort();
  }

  public int metadataPort() {
    return sidecar.metadataAt().orElseThrow().getPort();
  }

  public String token(String role) throws IOException {
    return Files.readString(folder.resolve(role + ".token"));
  }

  public String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /// As an SDK asks.
  public Reply ask(String role) throws IOException {
    return get(port(), "/v1/credentials", "Authorization: " + token(role));
  }

  public Reply status(String path) throws IOException {
    return get(sidecar.statusAt().orElseThrow().getPort(), path);
  }

  /// With the right `Host`.
  public static Reply get(int port, String path, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addFirst("Host: 127.0.0.1:" + port);
    return raw(port, "GET " + path + " HTTP/1.1", all.toArray(String[]::new));
  }

  public static Reply raw(int port, String line, String... headers) throws IOException {
    String text = line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return reply(read(socket.getInputStream()));
    }
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  static Reply reply(String text) throws IOException {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Reply(0, Map.of(), "", text);
    }
    String body = text.substring(end + 4);
    return new Reply(
        Integer.parseInt(text.substring(9, 12)),
        body.startsWith("{") ? JSON.std.mapFrom(body) : Map.of(),
        body,
        text.substring(0, end));
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/v1/credentials");
  }

  @Override
  public void close() {
    sidecar.close();
  }
}
