package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Real Terraform with AWS's provider manages Daypass as it manages AWS. Skipped where there is no
/// Terraform, or no provider for it.
class TerraformIT {
  private static final Path CONFIGURATION =
      Path.of("test-resources/terraform/main.tf").toAbsolutePath();
  private static final Path ORGANIZATIONS =
      Path.of("test-resources/terraform/organizations/main.tf").toAbsolutePath();
  private static final int CHANGES_PLANNED = 2;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private record Outcome(int exitCode, String output) {}

  private Outcome terraform(String endpoint, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID",
                BrokerProcessIT.KEY,
                "AWS_SECRET_ACCESS_KEY",
                BrokerProcessIT.SECRET,
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "TF_VAR_endpoint",
                endpoint,
                "CHECKPOINT_DISABLE",
                "1"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  private Outcome done(String endpoint, String... arguments) throws Exception {
    Outcome outcome = terraform(endpoint, arguments);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome;
  }

  /// Where the machine keeps providers, if it has no registry.
  private static Optional<String> mirror() {
    return Stream.of("/opt/tf-plugins", "/usr/share/terraform/plugins")
        .filter(path -> new File(path).isDirectory())
        .findFirst();
  }

  private void begin(Path configuration) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> new File(path, "terraform").canExecute()),
        "SKIP: there is no terraform here");
    Files.copy(configuration, folder.resolve("main.tf"));
    List<String> init = new ArrayList<>(List.of("init", "-no-color"));
    mirror().ifPresent(path -> init.add("-plugin-dir=" + path));
    Outcome outcome = terraform("http://unused", init.toArray(String[]::new));
    assumeTrue(outcome.exitCode() == 0, "SKIP: terraform has no AWS provider here");
  }

  private BrokerProcess broker() throws Exception {
    return BrokerProcess.start(BrokerProcess.settings(folder));
  }

  @Test
  void everything_is_applied_plans_empty_is_changed_and_is_destroyed() throws Exception {
    begin(CONFIGURATION);
    try (BrokerProcess broker = broker()) {
      Outcome applied = comeChangeAndGo("http://127.0.0.1:" + broker.port(), 19);

      assertThat(applied.output())
          .contains("account = \"111122223333\"")
          .contains("role = \"arn:aws:iam::111122223333:role/machines/deploy\"");
    }
  }

  @Test
  void an_organization_is_applied_plans_empty_is_changed_and_is_destroyed() throws Exception {
    begin(ORGANIZATIONS);
    try (BrokerProcess broker = broker()) {
      Outcome applied = comeChangeAndGo("http://127.0.0.1:" + broker.port(), 8);

      assertThat(applied.output()).contains("accounts = 2");
    }
  }

  private Outcome comeChangeAndGo(String endpoint, int resources) throws Exception {
    Outcome applied = done(endpoint, "apply", "-no-color", "-auto-approve");
    assertThat(applied.output())
        .contains("Resources: %d added, 0 changed, 0 destroyed".formatted(resources));
    assertPlansEmpty(endpoint, "revision=one");

    Outcome changed = done(endpoint, "apply", "-no-color", "-auto-approve", "-var", "revision=two");
    assertThat(changed.output()).contains("Apply complete!");
    assertPlansEmpty(endpoint, "revision=two");

    assertThat(terraform(endpoint, "plan", "-detailed-exitcode", "-var", "revision=one").exitCode())
        .isEqualTo(CHANGES_PLANNED);
    assertThat(done(endpoint, "destroy", "-no-color", "-auto-approve").output())
        .contains("Destroy complete! Resources: %d destroyed.".formatted(resources));
    return applied;
  }

  private void assertPlansEmpty(String endpoint, String revision) throws Exception {
    Outcome plan = terraform(endpoint, "plan", "-no-color", "-detailed-exitcode", "-var", revision);
    assertThat(plan.exitCode()).as(plan.output()).isZero();
  }
}
