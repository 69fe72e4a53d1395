package dev.daypass.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.SidecarConfig.To;
import dev.daypass.sidecar.files.ProfilePlace;
import dev.daypass.sidecar.http.TokenFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarFileTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/";

  @TempDir Path folder;

  private static SidecarConfig read(String text) {
    return new SidecarFile(
            new SidecarDefaults(
                Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/token", "HOSTNAME", "pod/1"),
                Optional.empty()))
        .read(text);
  }

  @Test
  void a_whole_configuration_is_read() throws Exception {
    Path keys = folder.resolve("credentials");
    Files.writeString(
        keys,
        "[other]\naws_access_key_id = no\n[ci]\naws_access_key_id = AKIA1\naws_secret_access_key = s3cret\n");
    SidecarConfig config =
        read(
            """
            server: https://daypass.example.com
            ca-file: /etc/ca.pem
            listen: ["127.0.0.1:9911", "[::1]:9911"]
            status-listen: 0.0.0.0:9912
            roles:
              - role: %1$sapp
                token-file: /run/app.token
                token-file-mode: "0440"
                credentials-file: /home/app/.aws/credentials
                credentials-profile: app
                duration: 30m
                policy: '{"Version":"2012-10-17","Statement":[]}'
              - role: %1$sdeploy
                name: release
                via: app
                tags: {team: shop}
              - role: %1$sci
                access-key: {file: %2$s, profile: ci}
              - role: %1$sedge
                certificate: {file: /c.pem, private-key: /k.pem, trust-anchor: arn:a, profile: arn:p}
            pods:
              - {role: %1$scart, namespace: shop, service-account: cart}
            """
                .formatted(ROLE, keys));

    assertThat(config.roles())
        .extracting(SidecarConfig.Role::name)
        .containsExactly("app", "release", "ci", "edge");
    assertThat(config.roles().get(0).from()).isEqualTo(new From.WebIdentity(Path.of("/token")));
    assertThat(config.roles().get(0).request().duration()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.roles().get(0).request().sessionName()).isEqualTo("daypass-pod-1");
    assertThat(config.roles().get(0).to())
        .isEqualTo(
            new To(
                Optional.of(TokenFile.of(Path.of("/run/app.token"), "0440")),
                Optional.of(
                    new ProfilePlace(Path.of("/home/app/.aws/credentials"), "app", false))));
    assertThat(config.roles().get(1).from()).isEqualTo(new From.Via("app"));
    assertThat(config.roles().get(2).from())
        .isInstanceOfSatisfying(
            From.Key.class, key -> assertThat(key.accessKeyId()).isEqualTo("AKIA1"));
    assertThat(config.pods()).hasSize(1);
    assertThat(config.listening().credentials().get(1).getPort()).isEqualTo(9911);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: https://d.example",
        "server: https://d.example\nroles: [{role: ROLEa}, {role: ROLEa}]",
        "server: https://d.example\nroles: [{role: ROLEa, token_file: /x}]",
        "server: https://d.example\nroles: [{role: ROLEa, via: b}, {role: ROLEb}]",
        "server: https://d.example\nroles: [{role: ROLEa, via: a}]",
        "server: https://d.example\nroles: [{role: ROLEa, sign-in: true, via: a}]",
        "server: https://d.example\nroles: [{role: ROLEa, sign-in: maybe}]",
        "server: https://d.example\nroles: [{role: ROLEa, tags: {a: b}}]",
        "server: https://d.example\nroles: [{role: ROLEa, duration: soon}]",
        "server: https://d.example\nroles: [{role: ROLEa, credentials-file: ~/.aws/credentials}]",
        "server: https://d.example\nroles: [{role: ROLEa, credentials-profile: a}]",
        "server: https://d.example\nroles: [{role: ROLEa, credentials-replace: true}]",
        "server: https://d.example\nroles: [{role: ROLEa, credentials-file: /c, credentials-profile: 'a]'}]",
        "server: https://d.example\nroles: [{role: ROLEa, credentials-file: /c}, {role: ROLEb, credentials-file: /x/../c}]",
        "server: https://d.example\nroles: [{role: ROLEa, token-file-mode: '0440'}]",
        "server: https://d.example\nroles: [{role: ROLEa, token-file: /t, token-file-mode: '0444'}]",
        "server: https://d.example\nroles: [{role: ROLEa, token-file: /t, token-file-mode: '0660'}]",
        "server: https://d.example\nroles: [{role: ROLEa, token-file: /t, token-file-mode: 288}]",
        "server: https://d.example\nroles: {role: ROLEa}",
        "server: https://d.example\nroles: [{name: a}]",
        "server: https://d.example\nlisten: ['0.0.0.0:9911']\nroles: [{role: ROLEa}]",
        "server: https://d.example\nlisten: ['evil.example:9911']\nroles: [{role: ROLEa}]",
        "server: https://d.example\nlisten: ['127.0.0.1:99999']\nroles: [{role: ROLEa}]",
        "server: https://d.example\nmetadata-listen: 127.0.0.1:1\nroles: [{role: ROLEa}, {role: ROLEb}]",
        "server: https://d.example\nca-file: /ca.pem\nroles: [{role: ROLEa, sign-in: true}]",
        "server: https://d.example\nserver: https://e.example\nroles: [{role: ROLEa}]",
        "server: 'not a url'\nroles: [{role: ROLEa}]",
        "roles: [{role: ROLEa}]",
        "- a",
        "{"
      })
  void what_is_not_understood_is_refused(String text) {
    assertThatThrownBy(() -> read(text.replace("ROLE", ROLE))).isInstanceOf(InvalidConfig.class);
  }

  @Test
  void an_access_key_that_does_not_last_is_none() throws Exception {
    Path keys = folder.resolve("credentials");
    Files.writeString(
        keys,
        "[default]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n");

    for (Path file : List.of(keys, folder.resolve("none"))) {
      assertThatThrownBy(
              () ->
                  read(
                      "server: https://d.example\nroles: [{role: %sa, access-key: {file: %s}}]"
                          .formatted(ROLE, file)))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("that lasts");
    }
  }

  @Test
  void what_the_environment_says_is_checked_as_well() {
    assertThatThrownBy(
            () ->
                new SidecarFile(
                        new SidecarDefaults(
                            Map.of("DAYPASS_SERVER", "not a url"), Optional.empty()))
                    .read("roles: [{role: %sa}]".formatted(ROLE)))
        .isInstanceOf(InvalidConfig.class);
  }

  @Test
  void the_broker_is_the_one_that_the_environment_names_before_that_of_the_sign_in() {
    Optional<URI> signIn = Optional.of(URI.create("https://sign-in.example"));
    Map<String, String> sts = Map.of("AWS_ENDPOINT_URL_STS", "https://sts.example");
    Map<String, String> both =
        Map.of(
            "AWS_ENDPOINT_URL_STS", "https://sts.example", "DAYPASS_SERVER", "https://d.example");

    assertThat(new SidecarDefaults(both, signIn).server())
        .hasToString("Optional[https://d.example]");
    assertThat(new SidecarDefaults(sts, signIn).server())
        .hasToString("Optional[https://sts.example]");
    assertThat(new SidecarDefaults(Map.of(), signIn).server()).isEqualTo(signIn);
  }

  @Test
  void an_address_that_others_reach_is_named_in_the_refusal() {
    assertThatThrownBy(
            () ->
                read(
                    "server: https://d.example\nlisten: ['[2001:db8::7]:9911']\nroles: [{role: %sa}]"
                        .formatted(ROLE)))
        .hasMessageStartingWith("credentials are not served at [2001:db8::7]:9911,");
  }

  @Test
  void only_a_node_agent_or_who_says_so_is_reached_by_others() {
    String config = "server: https://d.example\nlisten: ['%s']\n%sroles: [{role: %sa}]";

    assertThat(read(config.formatted("169.254.170.23:80", "", ROLE)).roles()).hasSize(1);
    assertThat(read(config.formatted("[fd00:ec2::23]:80", "", ROLE)).roles()).hasSize(1);
    assertThat(read(config.formatted("10.0.0.1:80", "allow-remote: true\n", ROLE)).roles())
        .hasSize(1);
  }

  @Test
  void an_explanation_says_when_and_how_long() {
    SidecarConfig config =
        read(
            "server: https://d.example\nroles: [{role: %sa}, {role: %sb, duration: 15m}]"
                .formatted(ROLE, ROLE));

    assertThat(new RefreshExplanation(config).lines())
        .contains("a: 60 min from the token in /token")
        .anyMatch(line -> line.contains("24 min to 36 min"))
        .anyMatch(line -> line.contains("SDKs ask on every use"));
  }
}
