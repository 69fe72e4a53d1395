package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.sidecar.InvalidConfig;
import dev.daypass.sidecar.SidecarConfig;
import dev.daypass.sidecar.SidecarConfig.To;
import dev.daypass.sidecar.SidecarDefaults;
import dev.daypass.sidecar.files.ProfilePlace;
import dev.daypass.sidecar.http.TokenFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ServeOptionsTest {
  private static final String APP = "arn:aws:iam::111122223333:role/app";
  private static final Path TOKENS = Path.of("/run/tokens");

  private static SidecarConfig config(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--server", "https://daypass.example.com"));
    all.addAll(List.of("--role", APP));
    all.addAll(List.of(arguments));
    return config(new SidecarDefaults(Map.of(), Optional.empty()), all);
  }

  private static SidecarConfig config(SidecarDefaults defaults, List<String> all)
      throws IOException {
    ServeOptions options = new ServeOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .parseArgs(all.toArray(String[]::new));
    return options.config(defaults, TOKENS, new Alice());
  }

  private static To to(SidecarConfig config) {
    return config.roles().getFirst().to();
  }

  @Test
  void credentials_are_served_to_who_shows_a_token_where_nothing_else_is_said() throws Exception {
    SidecarConfig config = config();

    assertThat(config.listening().credentials()).hasSize(1);
    assertThat(to(config))
        .isEqualTo(
            new To(Optional.of(TokenFile.of(TOKENS.resolve("app.token"))), Optional.empty()));
  }

  @Test
  void with_a_credentials_file_alone_nothing_is_listened_at() throws Exception {
    SidecarConfig config = config("--credentials-file", "/home/app/.aws/credentials");

    assertThat(config.listening().credentials()).isEmpty();
    assertThat(to(config))
        .isEqualTo(
            new To(
                Optional.empty(),
                Optional.of(
                    new ProfilePlace(Path.of("/home/app/.aws/credentials"), "default", false))));
  }

  @Test
  void a_credentials_file_and_a_token_file_go_together() throws Exception {
    SidecarConfig config =
        config(
            "--credentials-file",
            "/c",
            "--credentials-profile",
            "app",
            "--credentials-replace",
            "--token-file",
            "/t",
            "--token-file-mode",
            "0440");

    assertThat(config.listening().credentials()).hasSize(1);
    assertThat(to(config))
        .isEqualTo(
            new To(
                Optional.of(TokenFile.of(Path.of("/t"), "0440")),
                Optional.of(new ProfilePlace(Path.of("/c"), "app", true))));
  }

  @Test
  void a_credentials_file_is_for_one_role_and_a_profile_is_of_a_file() {
    assertThatThrownBy(() -> config("--role", APP + "2", "--credentials-file", "/c"))
        .isInstanceOf(InvalidConfig.class);
    assertThatThrownBy(() -> config("--credentials-profile", "app"))
        .isInstanceOf(ParameterException.class);
    assertThatThrownBy(() -> config("--token-file-mode", "0444"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not `0444`");
  }

  @Test
  void roles_of_the_sign_in_are_named_and_nothing_else_is_asked() throws Exception {
    SidecarDefaults elsewhere =
        new SidecarDefaults(
            Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                "/token",
                "AWS_ROLE_ARN",
                APP,
                "AWS_ENDPOINT_URL_STS",
                "https://other.example.com"),
            Optional.of(URI.create("https://daypass.example.com")));

    SidecarConfig config = config(elsewhere, List.of("deploy", "readonly"));

    assertThat(config.server().url()).isEqualTo(URI.create("https://daypass.example.com"));
    assertThat(config.roles())
        .extracting(SidecarConfig.Role::name)
        .containsExactly("deploy", "readonly");
    assertThat(config.roles())
        .allSatisfy(
            role -> {
              assertThat(role.from()).isEqualTo(new SidecarConfig.From.SignIn());
              assertThat(role.request().sessionName()).isEqualTo("alice");
              assertThat(role.to().tokenFile())
                  .contains(TokenFile.of(TOKENS.resolve(role.name() + ".token")));
            });
  }

  @Test
  void roles_of_the_sign_in_have_no_other_source() {
    for (List<String> other :
        List.of(
            List.of("--role", APP),
            List.of("--web-identity-token-file", "/token"),
            List.of(
                "--certificate",
                "c",
                "--private-key",
                "k",
                "--trust-anchor-arn",
                "a",
                "--profile-arn",
                "p"))) {
      List<String> all =
          new ArrayList<>(List.of("deploy", "--server", "https://daypass.example.com"));
      all.addAll(other);
      assertThatThrownBy(() -> config(new SidecarDefaults(Map.of(), Optional.empty()), all))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("assumed with your sign-in");
    }
    assertThatThrownBy(() -> config("deploy", "--ca-file", "ca.pem"))
        .isInstanceOf(InvalidConfig.class);
  }
}
