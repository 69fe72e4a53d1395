package dev.daypass.cli;

import static dev.daypass.cli.KubernetesExample.restricted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cli.KubernetesExample.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples for Kubernetes are what Kubernetes knows, and as safe as they say.
/// [KubernetesFlowsTest] has what they ask of Daypass.
class KubernetesExamplesTest {
  /// Files that are no objects of Kubernetes.
  private static final Set<String> OTHERS =
      Set.of("kustomization.yaml", "iam.yaml", "sidecar.yaml");

  /// What may have what others may not, and nothing beyond it.
  private static final Map<String, List<String>> EXCEPTIONS =
      Map.of("link", List.of("NET_ADMIN"), "agent", List.of("NET_BIND_SERVICE"));

  static Stream<String> examples() {
    return Stream.of(
        "web-identity",
        "web-identity/webhook",
        "sidecar",
        "node-agent",
        "node-agent/startup-taint");
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(KubernetesExample.ALL)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_file_is_yaml_and_has_nothing_that_kubernetes_does_not_know(Path file)
      throws IOException {
    String text = Files.readString(file);

    assertThat(
            OTHERS.contains(file.getFileName().toString())
                ? Manifests.documents(text)
                : Manifests.read(text))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {template: {spec: {containers: [{name: a, imgae: b}]}}}",
        "spec: {template: {spec: {containers: [{name: a, env: [{name: A, value: 5}]}]}}}",
        "spec: {template: {spec: {containers: [{name: a, env: [{name: A, value: true}]}]}}}",
        "spec: {template: {spec: {containers: [{name: a, livenessProbe: {httpget: {}}}]}}}",
        "spec: {template: {spec: {automountServiceAccountToken: 'no'}}}",
        "spec: {replicas: two}",
        "metadata: {lables: {}}"
      })
  void what_kubernetes_does_not_know_is_found(String wrong) {
    assertThatThrownBy(() -> Manifests.read("apiVersion: apps/v1\nkind: Deployment\n" + wrong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secrets_and_kinds_of_the_past_are_found() {
    assertThatThrownBy(() -> Manifests.read("{apiVersion: v1, kind: Secret}"))
        .hasMessage("no manifest needs a v1 Secret");
    assertThatThrownBy(() -> Manifests.read("{apiVersion: apps/v1beta1, kind: Deployment}"))
        .hasMessage("no manifest needs a apps/v1beta1 Deployment");
  }

  @Test
  void the_authority_is_one() throws Exception {
    byte[] pem = Files.readAllBytes(KubernetesExample.ALL.resolve("broker/ca.pem"));

    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem)))
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void containers_can_do_no_more_than_they_need(String name) throws Exception {
    KubernetesExample example = KubernetesExample.render(name);

    for (Workload workload : example.workloads()) {
      assertThat(workload.pod().getAutomountServiceAccountToken())
          .as(workload.name())
          .isEqualTo(workload.name().equals("daypass-taints"));
      assertThat(workload.pod().getEnableServiceLinks()).as(workload.name()).isFalse();
      assertThat(workload.pod().getShareProcessNamespace()).as(workload.name()).isNull();
      assertThat(workload.pod().getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      for (Container container : workload.containers()) {
        assertThat(restricted(container, EXCEPTIONS.getOrDefault(container.getName(), List.of())))
            .as(workload.name() + " " + container.getName())
            .isTrue();
      }
      assertThat(workload.pod().getSecurityContext().getRunAsNonRoot() == Boolean.TRUE)
          .as(workload.name())
          .isNotEqualTo(workload.name().equals("daypass-agent"));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void nothing_is_left_to_chance(String name) throws Exception {
    KubernetesExample example = KubernetesExample.render(name);

    for (Workload workload : example.workloads()) {
      for (Container container : workload.containers()) {
        String called = workload.name() + " " + container.getName();
        assertThat(container.getImage()).as(called).matches("[a-z0-9./-]+:[0-9]+(\\.[0-9]+){2}");
        assertThat(container.getResources().getRequests()).as(called).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).as(called).containsKey("memory");
        assertThat(probed(workload, container)).as(called).isTrue();
      }
    }
  }

  private static boolean probed(Workload workload, Container container) {
    if (workload.pod().getInitContainers().contains(container)) {
      return container.getRestartPolicy() == null
          || container.getStartupProbe() != null && container.getLivenessProbe() != null;
    }
    return workload.object() instanceof Job
        || container.getReadinessProbe() != null && container.getLivenessProbe() != null;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatever_is_named_is_there(String name) throws Exception {
    KubernetesExample example = KubernetesExample.render(name);

    assertThat(example.workloads()).isNotEmpty();
    for (Workload workload : example.workloads()) {
      assertThat(example.objects())
          .anySatisfy(object -> assertThat(isAccountOf(object, workload)).isTrue());
      workload.containers().forEach(container -> example.environment(workload, container));
      workload.pod().getVolumes().stream()
          .map(Volume::getConfigMap)
          .filter(Objects::nonNull)
          .forEach(volume -> example.configMap(workload, volume.getName()));
    }
  }

  private static boolean isAccountOf(HasMetadata object, Workload workload) {
    return object instanceof ServiceAccount account
        && account.getMetadata().getName().equals(workload.pod().getServiceAccountName())
        && account
            .getMetadata()
            .getNamespace()
            .equals(workload.object().getMetadata().getNamespace());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void nobody_may_do_anything_in_the_cluster_but_open_fresh_nodes(String name) throws Exception {
    for (HasMetadata object : KubernetesExample.render(name).objects()) {
      List<PolicyRule> rules =
          switch (object) {
            case Role role -> role.getRules();
            case ClusterRole role -> role.getRules();
            default -> List.of();
          };
      for (PolicyRule rule : rules) {
        assertThat(rule.getApiGroups()).containsExactly("");
        assertThat(rule.getResources() + " " + rule.getVerbs())
            .isIn("[pods] [list]", "[nodes] [get, list, patch]");
        assertThat(object.getMetadata().getName()).isEqualTo("daypass-taints");
      }
    }
  }

  @Test
  void the_taint_of_fresh_nodes_is_one_and_keeps_neither_the_agent_nor_its_opener_away()
      throws Exception {
    KubernetesExample example = KubernetesExample.render("node-agent/startup-taint");
    Workload taints = example.workload("daypass-taints");
    String taint = taints.pod().getTolerations().getFirst().getKey();

    assertThat(taints.container("taints").getArgs().getFirst())
        .contains("eq .key \"" + taint + "\"", "\"$node\" " + taint + ":NoSchedule-");
    assertThat(Files.readString(KubernetesExample.ALL.resolve("node-agent/README.md")))
        .contains("--register-with-taints=" + taint + "=true:NoSchedule");
    assertThat(example.workload("daypass-agent").pod().getTolerations())
        .singleElement()
        .satisfies(
            every ->
                assertThat(every.getOperator() + every.getKey() + every.getEffect())
                    .isEqualTo("Existsnullnull"));
  }
}
