package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.cli.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigureTest {
  private static final String OTHERS =
      """
      # mine, and dear to me
      [default]
      region = eu-central-1

      [profile  other]
      role_arn = arn:aws:iam::999999999999:role/x
      source_profile = default
      ; the end
      """;

  @TempDir Path home;
  private FakeApi api;
  private Program daypass;

  @BeforeEach
  void arrive() throws Exception {
    api = new FakeApi();
    roles("deploy", "readonly");
    daypass = new Program(home).with("HOME", home.toString()).signedIn(api.url());
  }

  @AfterEach
  void leave() {
    api.close();
  }

  private void roles(String... names) {
    api.roles =
        java.util.Arrays.stream(names)
            .map(name -> FakeApi.role(name, "", false))
            .toList()
            .toString();
  }

  private String config() throws Exception {
    return Files.readString(home.resolve(".aws/config"));
  }

  private void config(String text) throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), text);
  }

  @Test
  void each_role_gets_a_profile_and_all_else_stays_as_it_is() throws Exception {
    config(OTHERS);

    Outcome configured = daypass.run("configure", "--all-roles");

    assertThat(configured.exitCode()).as(configured.err()).isZero();
    assertThat(configured.out()).contains("added     deploy", "added     readonly");
    assertThat(config())
        .startsWith(OTHERS)
        .contains(
            """
            [services daypass]
            sts =
              endpoint_url = %s
            """
                .formatted(api.url()))
        .contains(
            """
            [profile deploy]
            credential_process = daypass credential-process --role arn:aws:iam::111122223333:role/deploy
            region = us-east-1
            services = daypass
            daypass_managed = true
            """);
  }

  @Test
  void doing_it_again_changes_nothing_and_what_was_added_to_a_profile_stays() throws Exception {
    daypass.run("configure", "deploy");
    config(config().replace("region = us-east-1", "region = eu-west-1\noutput = json"));
    String before = config();

    Outcome again = daypass.run("configure", "deploy");

    assertThat(again.out()).contains("unchanged deploy");
    assertThat(config()).isEqualTo(before);
  }

  @Test
  void a_profile_that_somebody_else_made_is_left_alone_until_it_is_forced() throws Exception {
    config("[profile deploy]\naws_access_key_id = AKIAMINE\n");

    Outcome left = daypass.run("configure", "--all-roles", "--json");

    assertThat(left.exitCode()).isEqualTo(ExitCode.CONFLICT);
    assertThat(JSON.std.mapFrom(left.out()).get("profiles"))
        .isEqualTo(Map.of("deploy", "CONFLICT", "readonly", "ADDED"));
    assertThat(config()).contains("AKIAMINE").contains("[profile readonly]");

    assertThat(daypass.run("configure", "--all-roles", "--force").exitCode()).isZero();
    assertThat(config()).doesNotContain("AKIAMINE");
  }

  @Test
  void profiles_of_roles_that_are_gone_go_and_no_others() throws Exception {
    config(OTHERS);
    daypass.run("configure", "--all-roles");
    config(
        config()
            + "\n[profile elsewhere]\ncredential_process = daypass credential-process --role arn:aws:iam::1:role/x\nservices = another\ndaypass_managed = true\n");
    roles("readonly");

    Outcome dry = daypass.run("configure", "--all-roles", "--prune", "--dry-run");
    assertThat(dry.out()).contains("removed   deploy").contains("Nothing was written");
    assertThat(config()).contains("[profile deploy]");

    daypass.run("configure", "--all-roles", "--prune");

    assertThat(config())
        .startsWith(OTHERS)
        .doesNotContain("[profile deploy]")
        .contains("[profile readonly]", "[profile elsewhere]");
  }

  @Test
  void names_follow_the_template_and_those_that_would_be_one_are_refused() throws Exception {
    api.roles =
        "[%s, %s]"
            .formatted(
                FakeApi.role("deploy", "", false),
                FakeApi.role("deploy", "", false).replace("111122223333", "444455556666"));

    assertThat(daypass.run("configure", "--all-roles").err()).contains("{account}-{role}");
    daypass.run("configure", "--all-roles", "--name-template", "{account}-{role}");

    assertThat(config()).contains("[profile 111122223333-deploy]", "[profile 444455556666-deploy]");
    assertThat(daypass.run("configure", "--all-roles", "--name-template", "x").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_broker_cannot_put_commands_into_the_file() throws Exception {
    for (String evil : java.util.List.of("x; touch /tmp/x", "x$(id)", "x\\n[profile y]", "x y")) {
      api.roles = "[%s]".formatted(FakeApi.role(evil, "", false));

      Outcome refused = daypass.run("configure", "--all-roles", "--force");

      assertThat(refused.exitCode()).as(evil).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err()).contains("which is no ARN");
      assertThat(home.resolve(".aws/config")).doesNotExist();
    }
    roles("deploy");
    assertThat(daypass.run("configure", "deploy", "--name-template", "a]{role}").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void two_brokers_do_not_take_each_others_place() throws Exception {
    config("[services daypass]\nsts =\n  endpoint_url = https://other.example.com\n");

    daypass.run("configure", "deploy");

    assertThat(config())
        .contains("endpoint_url = https://other.example.com")
        .contains("[services daypass-127.0.0.1]")
        .contains("services = daypass-127.0.0.1");
  }

  @Test
  void it_can_be_printed_only_and_keys_that_go_first_are_told_of() throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/credentials"), "[deploy]\naws_access_key_id = AKIAOLD\n");

    Outcome printed = daypass.run("configure", "deploy", "--print");

    assertThat(printed.out()).contains("[profile deploy]").contains("[services daypass]");
    assertThat(printed.err()).contains("[deploy] in the credentials file has keys of its own");
    assertThat(home.resolve(".aws/config")).doesNotExist();
  }

  @Test
  void a_file_that_the_aws_cli_could_not_read_is_not_written() throws Exception {
    config("[profile broken\nregion = x\n");

    Outcome refused = daypass.run("configure", "deploy");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("line 1 has no `]`");
    assertThat(config()).isEqualTo("[profile broken\nregion = x\n");
  }

  @Test
  void the_file_is_the_one_that_the_aws_tools_read() throws Exception {
    Path elsewhere = home.resolve("elsewhere");
    daypass = daypass.with("AWS_CONFIG_FILE", elsewhere.toString());

    daypass.run("configure", "deploy");

    assertThat(elsewhere).content().contains("[profile deploy]");
    assertThat(daypass.run("configure").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(daypass.run("configure", "deploy", "--prune").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(daypass.run("configure", "nosuch").exitCode()).isEqualTo(ExitCode.DENIED);
  }
}
