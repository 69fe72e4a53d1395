package dev.daypass.sidecar;

import dev.daypass.client.sources.CertificateFile;
import dev.daypass.client.sources.RoleRequest;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.SidecarConfig.Listening;
import dev.daypass.sidecar.SidecarConfig.Role;
import dev.daypass.sidecar.SidecarConfig.Server;
import dev.daypass.sidecar.SidecarConfig.To;
import dev.daypass.sidecar.address.Addresses;
import dev.daypass.sidecar.files.ProfilePlace;
import dev.daypass.sidecar.http.PodRole;
import dev.daypass.sidecar.http.TokenFile;
import dev.daypass.sidecar.keeping.RefreshPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the configuration of a sidecar, YAML or JSON. What is not known is refused: a key that was
/// misspelled would else not be missed.
public final class SidecarFile {
  private static final int LONGEST = 1 << 20;
  private static final String WHERE = "the configuration";

  private final SidecarDefaults defaults;

  public SidecarFile(SidecarDefaults defaults) {
    this.defaults = defaults;
  }

  /// Fails with [InvalidConfig].
  public SidecarConfig read(String text) {
    Section all = Section.of(WHERE, parsed(text));
    Server server =
        new Server(
            all.text("server")
                .map(SidecarDefaults::url)
                .or(defaults::server)
                .orElseThrow(() -> new InvalidConfig(WHERE + " has no server")),
            all.text("ca-file").map(Path::of),
            all.flag("plain-http"),
            all.text("revocation-check")
                .map(Durations::parse)
                .orElse(RefreshPolicy.STANDING_EVERY));
    Listening listening =
        valid(
            () ->
                Listening.at(
                    texts(all, "listen"),
                    all.text("status-listen").map(Addresses::parse),
                    all.text("metadata-listen").map(Addresses::parse),
                    all.flag("allow-remote")));
    List<Role> roles = new ArrayList<>();
    for (Object role : all.list("roles")) {
      roles.add(role(Section.of("roles[%d]".formatted(roles.size()), role)));
    }
    List<PodRole> pods = new ArrayList<>();
    for (Object pod : all.list("pods")) {
      pods.add(pod(Section.of("pods[%d]".formatted(pods.size()), pod)));
    }
    all.end();
    return new SidecarConfig(server, listening, roles, pods);
  }

  private static Object parsed(String text) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setAllowDuplicateKeys(false)
              .setMaxAliasesForCollections(10)
              .setCodePointLimit(LONGEST)
              .build();
      Object parsed = new Load(settings).loadFromString(text);
      return parsed == null ? Map.of() : parsed;
    } catch (YamlEngineException e) {
      throw new InvalidConfig(WHERE + " is no YAML: " + e.getMessage());
    }
  }

  private static <T> T valid(Supplier<T> parsed) {
    try {
      return parsed.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidConfig(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> texts(Section section, String key) {
    return section.list(key).stream().map(value -> Section.scalar(key, value)).toList();
  }

  private Role role(Section section) {
    String arn = section.required("role");
    Role role =
        new Role(
            section.text("name").orElseGet(() -> SidecarDefaults.name(arn)),
            new RoleRequest(
                arn,
                section.text("session-name").orElseGet(defaults::sessionName),
                duration(section),
                section.text("policy"),
                section.section("tags").map(Section::texts).orElse(Map.of())),
            from(section),
            new To(tokenFile(section), profilePlace(section)));
    section.end();
    return role;
  }

  private static Optional<TokenFile> tokenFile(Section section) {
    Optional<String> mode = section.text("token-file-mode");
    Optional<String> file = section.text("token-file");
    if (file.isEmpty() && mode.isPresent()) {
      throw new InvalidConfig("a token-file-mode is for a token-file, which is not named");
    }
    return file.map(Path::of)
        .map(
            in ->
                mode.map(is -> valid(() -> TokenFile.of(in, is)))
                    .orElseGet(() -> TokenFile.of(in)));
  }

  private static Optional<ProfilePlace> profilePlace(Section section) {
    Optional<String> profile = section.text("credentials-profile");
    boolean replace = section.flag("credentials-replace");
    Optional<String> file = section.text("credentials-file");
    if (file.isEmpty() && (profile.isPresent() || replace)) {
      throw new InvalidConfig("a credentials-profile is in a credentials-file, which is not named");
    }
    return file.map(in -> valid(() -> ProfilePlace.of(in, profile, replace)));
  }

  private static Duration duration(Section section) {
    return section.text("duration").map(Durations::parse).orElse(SidecarDefaults.LIFETIME);
  }

  private From from(Section section) {
    List<From> named = new ArrayList<>();
    section
        .text("web-identity-token-file")
        .map(Path::of)
        .map(From.WebIdentity::new)
        .ifPresent(named::add);
    section.section("certificate").map(SidecarFile::certificate).ifPresent(named::add);
    section.section("access-key").map(SidecarFile::key).ifPresent(named::add);
    section.text("via").map(From.Via::new).ifPresent(named::add);
    if (section.flag("sign-in")) {
      named.add(new From.SignIn());
    }
    if (named.size() > 1) {
      throw new InvalidConfig("a role has one source, not " + named.size());
    }
    return named.isEmpty() ? defaults.from() : named.getFirst();
  }

  private static From certificate(Section section) {
    From from =
        new From.Certificate(
            new CertificateFile(
                Path.of(section.required("file")), Path.of(section.required("private-key"))),
            section.required("trust-anchor"),
            section.required("profile"));
    section.end();
    return from;
  }

  /// From a file such as `~/.aws/credentials`, so that the secret has one home.
  private static From key(Section section) {
    Path file = Path.of(section.required("file"));
    Optional<String> profile = section.text("profile");
    section.end();
    return KeyFile.read(file, profile.orElse("default"));
  }

  private static PodRole pod(Section section) {
    String arn = section.required("role");
    PodRole pod =
        new PodRole(
            SidecarDefaults.name(arn),
            arn,
            section.required("namespace"),
            section.required("service-account"),
            duration(section));
    section.end();
    return pod;
  }
}
