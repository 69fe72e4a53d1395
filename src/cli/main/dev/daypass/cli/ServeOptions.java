package dev.daypass.cli;

import dev.daypass.client.sources.CertificateFile;
import dev.daypass.client.sources.RoleRequest;
import dev.daypass.sidecar.Durations;
import dev.daypass.sidecar.InvalidConfig;
import dev.daypass.sidecar.SidecarConfig;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.SidecarConfig.Listening;
import dev.daypass.sidecar.SidecarConfig.Role;
import dev.daypass.sidecar.SidecarConfig.Server;
import dev.daypass.sidecar.SidecarConfig.To;
import dev.daypass.sidecar.SidecarDefaults;
import dev.daypass.sidecar.address.Addresses;
import dev.daypass.sidecar.http.TokenFile;
import dev.daypass.sidecar.keeping.RefreshPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `daypass serve` is told without a configuration file: roles that share one source.
final class ServeOptions {
  @Parameters(
      arity = "0..*",
      paramLabel = "ROLE",
      description = "A role's name or ARN, as your sign-in can assume it; several.")
  private List<String> ofSignIn = List.of();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "A role's ARN; several, with one source. Default: $$AWS_ROLE_ARN.")
  private List<String> roles = List.of();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The broker. Default: $$DAYPASS_SERVER, $$AWS_ENDPOINT_URL_STS, your sign-in's.")
  private @Nullable URI server;

  @Option(names = "--ca-file", paramLabel = "FILE", description = "The broker's authorities, PEM.")
  private @Nullable Path caFile;

  @Option(names = "--plain-http", description = "Let http leave this computer.")
  private boolean plainHttp;

  @Option(
      names = "--web-identity-token-file",
      paramLabel = "FILE",
      description = "A token of your platform's. Default: $$AWS_WEB_IDENTITY_TOKEN_FILE.")
  private @Nullable Path webIdentityTokenFile;

  @ArgGroup(exclusive = false)
  private @Nullable Certificate certificate;

  /// Roles Anywhere.
  static final class Certificate {
    @Option(
        names = "--certificate",
        required = true,
        paramLabel = "FILE",
        description = "A certificate with its chain, PEM.")
    private Path file;

    @Option(
        names = "--private-key",
        required = true,
        paramLabel = "FILE",
        description = "Its key, PKCS #8.")
    private Path privateKey;

    @Option(
        names = "--trust-anchor-arn",
        required = true,
        paramLabel = "ARN",
        description = "Who vouches for it.")
    private String trustAnchorArn;

    @Option(
        names = "--profile-arn",
        required = true,
        paramLabel = "ARN",
        description = "Its Roles Anywhere profile.")
    private String profileArn;

    @SuppressWarnings("NullAway.Init")
    Certificate() {}

    From from() {
      return new From.Certificate(
          new CertificateFile(file, privateKey), trustAnchorArn, profileArn);
    }
  }

  @Option(names = "--session-name", paramLabel = "NAME", description = "Default: after the host.")
  private @Nullable String sessionName;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Such as 1h, which is the default.")
  private @Nullable String duration;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy that narrows the sessions.")
  private @Nullable Path policy;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Who shows what is in it gets the role. Made where it is not there.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--token-file-mode",
      paramLabel = "MODE",
      description = "0400, 0440, 0600 or 0640: a group can read it. Default: 0400.")
  private @Nullable String tokenFileMode;

  @ArgGroup(exclusive = false)
  private @Nullable CredentialsFileOptions credentialsFile;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "Or unix:PATH, a socket that you alone can reach. Default: 127.0.0.1:0, which is a free port; with --credentials-file alone, nowhere.")
  private List<String> listen = List.of();

  @Option(
      names = "--status-listen",
      paramLabel = "ADDRESS",
      description = "For probes and Prometheus: /livez /readyz /startupz /status /metrics.")
  private @Nullable String statusListen;

  @Option(
      names = "--metadata-listen",
      paramLabel = "ADDRESS",
      description = "An instance metadata service (IMDSv2). Whoever reaches it gets the role.")
  private @Nullable String metadataListen;

  @Option(names = "--allow-remote", description = "Listen where others can reach it, too.")
  private boolean allowRemote;

  @SuppressWarnings("NullAway.Init")
  ServeOptions() {}

  /// Whether roles are named, as the sign-in can assume them.
  boolean ofSignIn() {
    return !ofSignIn.isEmpty();
  }

  /// Fails with [InvalidConfig] or [IllegalArgumentException] for what cannot be.
  SidecarConfig config(SidecarDefaults defaults, Path tokens, SignedRoles signed)
      throws IOException {
    checkSources();
    List<String> arns = arns(defaults, signed);
    if (arns.isEmpty()) {
      throw new InvalidConfig(
          "Which role? Name one of yours, a workload's with --role ARN, or several with --config FILE.");
    }
    if (arns.size() > 1 && (tokenFile != null || credentialsFile != null)) {
      throw new InvalidConfig(
          "--token-file and --credentials-file are for one role. Use --config FILE for several.");
    }
    Server to =
        new Server(
            Optional.ofNullable(server)
                .or(() -> defaults.signedInAt().filter(_ -> ofSignIn()))
                .or(defaults::server)
                .orElseThrow(() -> new InvalidConfig("Which broker? Name it with --server URL.")),
            Optional.ofNullable(caFile),
            plainHttp,
            RefreshPolicy.STANDING_EVERY);
    String narrowing = policy == null ? null : Files.readString(policy);
    List<Role> kept =
        arns.stream()
            .map(
                arn ->
                    role(
                        request(arn, Optional.ofNullable(narrowing), defaults, signed),
                        from(defaults),
                        tokens))
            .toList();
    return new SidecarConfig(to, listening(), kept, List.of());
  }

  private List<String> arns(SidecarDefaults defaults, SignedRoles signed) {
    if (ofSignIn()) {
      return signed.arns(ofSignIn);
    }
    return roles.isEmpty() ? defaults.role().stream().toList() : roles;
  }

  /// Who names a role without `--role` means the sign-in, whatever else there is.
  private void checkSources() {
    if (ofSignIn() && (!roles.isEmpty() || certificate != null || webIdentityTokenFile != null)) {
      throw new InvalidConfig(
          "ROLE is assumed with your sign-in: another source takes --role ARN.");
    }
  }

  private Listening listening() {
    List<String> where = listen.isEmpty() && served() ? List.of("127.0.0.1:0") : listen;
    return Listening.at(
        where,
        Optional.ofNullable(statusListen).map(Addresses::parse),
        Optional.ofNullable(metadataListen).map(Addresses::parse),
        allowRemote);
  }

  /// Whether anything but a file is asked for.
  private boolean served() {
    return credentialsFile == null
        || tokenFile != null
        || tokenFileMode != null
        || !listen.isEmpty();
  }

  private RoleRequest request(
      String arn, Optional<String> narrowing, SidecarDefaults defaults, SignedRoles signed) {
    return new RoleRequest(
        arn,
        Optional.ofNullable(sessionName)
            .orElseGet(() -> ofSignIn() ? signed.userName() : defaults.sessionName()),
        Optional.ofNullable(duration).map(Durations::parse).orElse(SidecarDefaults.LIFETIME),
        narrowing,
        Map.of());
  }

  private Role role(RoleRequest request, From from, Path tokens) {
    String name = SidecarDefaults.name(request.roleArn());
    Path file = Optional.ofNullable(tokenFile).orElseGet(() -> tokens.resolve(name + ".token"));
    TokenFile token =
        tokenFileMode == null ? TokenFile.of(file) : TokenFile.of(file, tokenFileMode);
    To to =
        new To(
            Optional.of(token).filter(_ -> served()),
            Optional.ofNullable(credentialsFile).map(CredentialsFileOptions::place));
    return new Role(name, request, from, to);
  }

  private From from(SidecarDefaults defaults) {
    if (ofSignIn()) {
      return new From.SignIn();
    }
    if (certificate != null) {
      return certificate.from();
    }
    return webIdentityTokenFile == null
        ? defaults.from()
        : new From.WebIdentity(webIdentityTokenFile);
  }
}
