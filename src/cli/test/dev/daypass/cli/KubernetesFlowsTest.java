package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cli.KubernetesExample.Workload;
import dev.daypass.desired.Desired;
import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.policy.Principal;
import dev.daypass.sidecar.SidecarConfig;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.SidecarDefaults;
import dev.daypass.sidecar.SidecarFile;
import dev.daypass.sidecar.address.Addresses;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/// The examples for Kubernetes, read by what they are for: `daypass serve`, its configuration, and
/// the policies. What is written in one place fits what is written in the others.
class KubernetesFlowsTest {
  private static final String ISSUER = "kubernetes.default.svc.cluster.local";
  private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
  private static final URI BROKER = URI.create("https://daypass.example.com");

  /// What `daypass serve` understands when it is started as a container says.
  private static SidecarConfig served(
      KubernetesExample example, Workload workload, Container daypass) throws Exception {
    SidecarDefaults defaults =
        new SidecarDefaults(example.environment(workload, daypass), Optional.empty());
    ParseResult parsed =
        Daypass.commandLine().parseArgs(daypass.getArgs().toArray(String[]::new)).subcommand();
    assertThat(parsed.commandSpec().name()).isEqualTo("serve");
    if (parsed.hasMatchedOption("--config")) {
      Path file = parsed.matchedOptionValue("--config", Path.of(""));
      return new SidecarFile(defaults).read(configured(example, workload, daypass, file));
    }
    var options = (ServeOptions) parsed.commandSpec().mixins().get("options").userObject();
    return options.config(defaults, Path.of("/none"), new Alice());
  }

  /// The text of a file that a container has from a ConfigMap.
  private static String configured(
      KubernetesExample example, Workload workload, Container container, Path file) {
    String volume = mount(container, file).getName();
    String map =
        workload.pod().getVolumes().stream()
            .filter(v -> v.getName().equals(volume))
            .map(v -> v.getConfigMap().getName())
            .findFirst()
            .orElseThrow();
    return example.configMap(workload, map).getData().get(file.getFileName().toString());
  }

  /// Where a container has a file from; fails for one that it does not have.
  private static VolumeMount mount(Container container, Path file) {
    return container.getVolumeMounts().stream()
        .filter(mount -> file.getParent().equals(Path.of(mount.getMountPath())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(container.getName() + " does not have " + file));
  }

  /// The audience of the token that a container has at a path.
  private static String audience(Workload workload, Container container, Path file) {
    String volume = mount(container, file).getName();
    return workload.pod().getVolumes().stream()
        .filter(v -> v.getName().equals(volume))
        .map(Volume::getProjected)
        .flatMap(projected -> projected.getSources().stream())
        .map(VolumeProjection::getServiceAccountToken)
        .filter(token -> token.getPath().equals(file.getFileName().toString()))
        .map(token -> token.getAudience())
        .findFirst()
        .orElseThrow();
  }

  private static boolean trusts(Desired iam, String roleArn, String audience, String subject) {
    Desired.Role role =
        iam.roles().stream()
            .filter(
                r ->
                    roleArn.equals(
                        "arn:aws:iam::" + iam.account().orElseThrow() + ":role/" + r.name()))
            .findFirst()
            .orElseThrow();
    Context token =
        Context.builder().put(ISSUER + ":aud", audience).put(ISSUER + ":sub", subject).build();
    return Policies.NONE
        .on(Policy.parse(PolicyType.TRUST, "trust", role.trustPolicy().value()))
        .decide(
            new Access(
                new Principal.Federated(PROVIDER),
                "sts:AssumeRoleWithWebIdentity",
                roleArn,
                iam.account(),
                token))
        .allowed();
  }

  /// The role trusts this token, and neither that of another service account nor one that was meant
  /// for somebody else.
  private static void assertTrusted(
      KubernetesExample example, Workload workload, String roleArn, String audience)
      throws Exception {
    String subject =
        "system:serviceaccount:%s:%s"
            .formatted(
                workload.object().getMetadata().getNamespace(),
                workload.pod().getServiceAccountName());

    assertThat(trusts(example.iam(), roleArn, audience, subject)).isTrue();
    assertThat(trusts(example.iam(), roleArn, audience, subject + "2")).isFalse();
    assertThat(trusts(example.iam(), roleArn, "https://" + ISSUER, subject)).isFalse();
  }

  @Test
  void web_identity_is_trusted_and_finds_the_broker() throws Exception {
    KubernetesExample example = KubernetesExample.render("web-identity");
    Workload cart = example.workload("cart");
    Map<String, String> environment = example.environment(cart, cart.container("app"));
    Path token = Path.of(environment.get("AWS_WEB_IDENTITY_TOKEN_FILE"));

    assertThat(environment).containsEntry("AWS_ENDPOINT_URL_STS", BROKER.toString());
    assertThat(environment).containsKey("AWS_REGION");
    assertThat(
            configured(
                example, cart, cart.container("app"), Path.of(environment.get("AWS_CA_BUNDLE"))))
        .startsWith("-----BEGIN CERTIFICATE-----");
    assertTrusted(
        example,
        cart,
        environment.get("AWS_ROLE_ARN"),
        audience(cart, cart.container("app"), token));
  }

  @Test
  void the_webhook_is_told_the_same_role_and_adds_what_is_not_there() throws Exception {
    KubernetesExample own = KubernetesExample.render("web-identity");
    Workload cart = own.workload("cart");
    String role = own.environment(cart, cart.container("app")).get("AWS_ROLE_ARN");
    KubernetesExample webhook = KubernetesExample.render("web-identity/webhook");
    Workload mutated = webhook.workload("cart");

    assertThat(webhook.objects())
        .anySatisfy(
            object -> {
              assertThat(object).isInstanceOf(ServiceAccount.class);
              assertThat(object.getMetadata().getAnnotations())
                  .containsEntry("daypass.dev/role-arn", role);
            });
    assertThat(webhook.environment(mutated, mutated.container("app")))
        .containsEntry("AWS_ENDPOINT_URL_STS", BROKER.toString())
        .doesNotContainKeys("AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "report"})
  void a_sidecar_serves_what_the_app_asks_for(String name) throws Exception {
    KubernetesExample example = KubernetesExample.render("sidecar");
    Workload workload = example.workload(name);
    Container app = workload.container("app");
    Container daypass = workload.container("daypass");
    SidecarConfig config = served(example, workload, daypass);
    SidecarConfig.Role role = config.roles().getFirst();
    Path shown = role.to().tokenFile().orElseThrow().path();
    Map<String, String> environment = example.environment(workload, app);

    assertThat(config.server().url()).isEqualTo(BROKER);
    assertThat(environment)
        .containsEntry("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri(config))
        .containsEntry("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", shown.toString());
    assertThat(mount(app, shown).getReadOnly()).isTrue();
    assertThat(mount(app, shown).getName()).isEqualTo(mount(daypass, shown).getName());
    assertThat(daypass.getPorts().getFirst().getContainerPort())
        .isEqualTo(config.listening().status().orElseThrow().getPort());
    Path token = ((From.WebIdentity) role.from()).tokenFile();
    assertTrusted(example, workload, role.request().roleArn(), audience(workload, daypass, token));
  }

  /// Else it would wait for the app that waits for it, or keep a Job from its end.
  @ParameterizedTest
  @ValueSource(strings = {"orders", "report"})
  void a_sidecar_is_there_before_the_app_and_alone_has_its_source(String name) throws Exception {
    Workload workload = KubernetesExample.render("sidecar").workload(name);
    Container daypass = workload.container("daypass");

    assertThat(workload.pod().getInitContainers()).containsExactly(daypass);
    assertThat(daypass.getRestartPolicy()).isEqualTo("Always");
    assertThat(daypass.getStartupProbe().getHttpGet().getPath()).isEqualTo("/startupz");
    assertThat(daypass.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(workload.container("app").getVolumeMounts())
        .extracting(VolumeMount::getName)
        .doesNotContain("daypass-token");
    assertThat(workload.pod().getVolumes())
        .filteredOn(volume -> volume.getName().equals("daypass-app"))
        .singleElement()
        .satisfies(volume -> assertThat(volume.getEmptyDir().getMedium()).isEqualTo("Memory"));
  }

  @Test
  void a_node_agent_serves_what_the_webhook_tells_pods() throws Exception {
    KubernetesExample example = KubernetesExample.render("node-agent");
    Workload agent = example.workload("daypass-agent");
    Workload checkout = example.workload("checkout");
    Container app = checkout.container("app");
    SidecarConfig config = served(example, agent, agent.container("agent"));
    Map<String, String> environment = example.environment(checkout, app);

    assertThat(config.server().url()).isEqualTo(BROKER);
    assertThat(config.listening().remote()).isFalse();
    assertThat(environment)
        .containsEntry(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials");
    assertThat(config.listening().credentials())
        .extracting(Addresses::format)
        .containsExactly("169.254.170.23:80", "[fd00:ec2::23]:80");
    assertThat(config.pods())
        .singleElement()
        .satisfies(
            pod -> {
              assertThat(pod.isOf("shop", checkout.pod().getServiceAccountName())).isTrue();
              assertTrusted(
                  example,
                  checkout,
                  pod.roleArn(),
                  audience(
                      checkout,
                      app,
                      Path.of(environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"))));
            });
  }

  @Test
  void the_link_has_the_addresses_that_the_agent_listens_at() throws Exception {
    KubernetesExample example = KubernetesExample.render("node-agent");
    Workload agent = example.workload("daypass-agent");
    int status =
        served(example, agent, agent.container("agent"))
            .listening()
            .status()
            .orElseThrow()
            .getPort();
    var probe = agent.container("agent").getLivenessProbe().getHttpGet();

    assertThat(agent.pod().getHostNetwork()).isTrue();
    assertThat(agent.container("link").getArgs().getFirst())
        .contains("169.254.170.23/32 dev", "fd00:ec2::23/128 dev");
    assertThat(probe.getHost() + ":" + probe.getPort().getIntVal())
        .isEqualTo("127.0.0.1:" + status);
  }

  private static String uri(SidecarConfig config) {
    return "http://"
        + Addresses.format(config.listening().credentials().getFirst())
        + "/v1/credentials";
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-identity", "sidecar", "node-agent"})
  void commands_of_the_readme_are_commands(String name) throws Exception {
    List<String> commands =
        Files.readString(KubernetesExample.ALL.resolve(name).resolve("README.md"))
            .lines()
            .filter(line -> line.startsWith("daypass "))
            .toList();

    assertThat(commands).contains("daypass apply -f k8s/examples/" + name + "/iam.yaml");
    for (String command : commands) {
      Daypass.commandLine().parseArgs(command.replaceFirst("daypass ", "").split(" "));
    }
  }
}
