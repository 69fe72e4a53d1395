package dev.daypass.sidecar;

import dev.daypass.client.sources.CertificateFile;
import dev.daypass.client.sources.RoleRequest;
import dev.daypass.sidecar.address.Addresses;
import dev.daypass.sidecar.address.SocketPath;
import dev.daypass.sidecar.files.ProfilePlace;
import dev.daypass.sidecar.http.PodRole;
import dev.daypass.sidecar.http.TokenFile;
import dev.daypass.wire.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a sidecar is to do.
///
/// @param server the broker
/// @param pods roles for pods that show their own tokens
public record SidecarConfig(
    Server server, Listening listening, List<Role> roles, List<PodRole> pods) {
  /// The addresses that the SDKs take credentials from over plain HTTP, besides loopback.
  private static final Set<String> NODE_LOCAL =
      Set.of("169.254.170.2", "169.254.170.23", "fd00:ec2:0:0:0:0:0:23");

  private static final Duration SHORTEST_CHECK = Duration.ofSeconds(1);

  /// The broker.
  ///
  /// @param caFile its certificate authorities, PEM, in place of the JDK's
  /// @param plainHttp whether `http` may leave this computer
  /// @param revocationCheck how often the broker is asked whether it still takes what it gave
  public record Server(
      URI url, Optional<Path> caFile, boolean plainHttp, Duration revocationCheck) {
    public Server {
      if (revocationCheck.compareTo(SHORTEST_CHECK) < 0) {
        throw new InvalidConfig("revocations are checked every second at most");
      }
    }
  }

  /// Where it is listened.
  ///
  /// @param credentials for programs that take credentials
  /// @param sockets the same, in the file system
  /// @param status for probes and Prometheus
  /// @param metadata for programs that know the instance metadata service alone
  /// @param remote whether others than this computer may reach `credentials` and `metadata`
  public record Listening(
      List<InetSocketAddress> credentials,
      List<Path> sockets,
      Optional<InetSocketAddress> status,
      Optional<InetSocketAddress> metadata,
      boolean remote) {
    /// Of what is written as addresses and as sockets; fails with [IllegalArgumentException].
    public static Listening at(
        List<String> places,
        Optional<InetSocketAddress> status,
        Optional<InetSocketAddress> metadata,
        boolean remote) {
      return new Listening(
          places.stream()
              .filter(place -> SocketPath.parse(place).isEmpty())
              .map(Addresses::parse)
              .toList(),
          places.stream().flatMap(place -> SocketPath.parse(place).stream()).toList(),
          status,
          metadata,
          remote);
    }

    public Listening {
      credentials = List.copyOf(credentials);
      sockets = List.copyOf(sockets);
    }
  }

  /// A role that is kept all the time.
  public record Role(String name, RoleRequest request, From from, To to) {}

  /// Who gets its credentials.
  ///
  /// @param tokenFile whoever shows what is in it
  /// @param credentialsFile whoever reads it
  public record To(Optional<TokenFile> tokenFile, Optional<ProfilePlace> credentialsFile) {}

  /// Where its credentials come from.
  public sealed interface From {
    record WebIdentity(Path tokenFile) implements From {}

    record Certificate(CertificateFile certificate, String trustAnchorArn, String profileArn)
        implements From {}

    record Key(String accessKeyId, Secret secretAccessKey) implements From {}

    /// Another of the roles.
    record Via(String name) implements From {}

    record SignIn() implements From {}
  }

  public SidecarConfig {
    roles = List.copyOf(roles);
    pods = List.copyOf(pods);
    check(server, listening, roles, pods);
  }

  private static void check(
      Server server, Listening listening, List<Role> roles, List<PodRole> pods) {
    if (roles.isEmpty() && pods.isEmpty()) {
      throw new InvalidConfig("there is no role to keep");
    }
    checkNames(roles);
    roles.forEach(role -> checkFits(role, server));
    checkPlaces(roles);
    checkListening(listening, roles);
  }

  private static void checkNames(List<Role> roles) {
    Set<String> names = new HashSet<>();
    for (Role role : roles) {
      if (role.from() instanceof From.Via(var via) && !names.contains(via)) {
        throw new InvalidConfig(
            "`%s` goes by way of `%s`, which has to stand before it".formatted(role.name(), via));
      }
      if (!names.add(role.name())) {
        throw new InvalidConfig("two roles are called `%s`".formatted(role.name()));
      }
    }
  }

  /// Two that wrote one profile would take turns.
  private static void checkPlaces(List<Role> roles) {
    Set<List<Object>> places = new HashSet<>();
    for (Role role : roles) {
      ProfilePlace place = role.to().credentialsFile().orElse(null);
      if (place != null && !places.add(List.of(place.file(), place.profile()))) {
        throw new InvalidConfig(
            "two roles have the profile `%s` of %s".formatted(place.profile(), place.file()));
      }
    }
  }

  private static void checkListening(Listening listening, List<Role> roles) {
    if (listening.metadata().isPresent() && roles.size() != 1) {
      throw new InvalidConfig("the metadata service can have one role, not " + roles.size());
    }
    for (InetSocketAddress address : listening.credentials()) {
      checkLocal(address, listening.remote());
    }
    listening.metadata().ifPresent(address -> checkLocal(address, listening.remote()));
  }

  /// What a source cannot carry is refused rather than dropped: a policy that narrows nothing would
  /// be believed to.
  private static void checkFits(Role role, Server server) {
    boolean tags = !role.request().tags().isEmpty();
    boolean policy = role.request().policy().isPresent();
    String lost =
        switch (role.from()) {
          case From.WebIdentity _ -> tags ? "session tags, which come in the token itself" : "";
          case From.Certificate _ -> tags || policy ? "a session policy or session tags" : "";
          case From.SignIn _ when server.caFile().isPresent() -> "a ca-file for the sign-in";
          case From.SignIn _, From.Key _, From.Via _ -> "";
        };
    if (!lost.isEmpty()) {
      throw new InvalidConfig("`%s` cannot have %s".formatted(role.name(), lost));
    }
  }

  private static void checkLocal(InetSocketAddress address, boolean remote) {
    boolean local =
        !address.isUnresolved()
            && (address.getAddress().isLoopbackAddress()
                || NODE_LOCAL.contains(address.getAddress().getHostAddress()));
    if (!local && !remote) {
      throw new InvalidConfig(
          "credentials are not served at %s, which others can reach; allow it by name"
              .formatted(Addresses.format(address)));
    }
  }
}
