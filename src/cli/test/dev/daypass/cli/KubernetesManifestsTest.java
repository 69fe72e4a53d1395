package dev.daypass.cli;

import static dev.daypass.cli.KubernetesExample.restricted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cli.KubernetesExample.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The base and the overlays of `k8s` are what Kubernetes knows, hold together, and keep the rules
/// of the house.
class KubernetesManifestsTest {
  private static final String IMAGE = "[a-z0-9./-]+:[0-9]+(\\.[0-9]+)+(-[a-z0-9-]+)?";
  private static final String PRODUCTION = "overlays/production";
  private static final String DEV = "overlays/dev";

  static Stream<String> installations() {
    return Stream.of("base", DEV, PRODUCTION);
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(KubernetesInstallation.ALL)) {
      return all
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.startsWith(KubernetesExample.ALL))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_file_has_what_is_known_and_no_secret(Path file) throws IOException {
    assertThat(Manifests.read(Files.readString(file))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, spec: {instance: 3}}",
        "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {endpoint: []}}",
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, spec: {listener: []}}",
        "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {maxReplica: 1}}",
        "{apiVersion: v1, kind: Secret, data: {}}"
      })
  void what_is_not_known_is_found(String wrong) {
    assertThatThrownBy(() -> Manifests.read(wrong)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void git_takes_no_secret_of_a_reader() throws IOException {
    assertThat(Files.readAllLines(Path.of("../../.gitignore")))
        .contains("/k8s/overlays/*/secrets/");
  }

  @ParameterizedTest
  @MethodSource("installations")
  void containers_can_do_no_more_than_they_need(String name) {
    for (Workload workload : KubernetesInstallation.render(name).workloads()) {
      var pod = workload.pod();
      assertThat(pod.getAutomountServiceAccountToken()).as(workload.name()).isFalse();
      assertThat(pod.getEnableServiceLinks()).as(workload.name()).isFalse();
      assertThat(pod.getHostNetwork()).as(workload.name()).isNull();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).as(workload.name()).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).as(workload.name()).isPositive();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      for (Container container : workload.containers()) {
        assertThat(restricted(container, List.of())).as(container.getName()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("installations")
  void nothing_is_left_to_chance(String name) {
    KubernetesInstallation installation = KubernetesInstallation.render(name);

    for (Workload workload : installation.workloads()) {
      for (Container container : workload.containers()) {
        assertThat(container.getImage()).matches(IMAGE);
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory");
      }
    }
    for (PostgresCluster cluster : installation.all(PostgresCluster.class)) {
      assertThat(cluster.getSpec().imageName()).matches(IMAGE);
      assertThat(cluster.getSpec().resources().getRequests()).containsKeys("cpu", "memory");
    }
  }

  @ParameterizedTest
  @MethodSource("installations")
  void what_runs_is_asked_how_it_is_at_a_port_that_it_has(String name) {
    for (Workload workload : KubernetesInstallation.render(name).workloads()) {
      for (Container container : workload.pod().getContainers()) {
        for (Probe probe :
            Stream.of(
                    container.getStartupProbe(),
                    container.getReadinessProbe(),
                    container.getLivenessProbe())
                .toList()) {
          assertThat(probe).as(container.getName()).isNotNull();
          if (probe.getHttpGet() != null) {
            assertThat(
                    KubernetesInstallation.port(workload, probe.getHttpGet().getPort().getStrVal()))
                .get()
                .extracting(port -> port.getContainerPort())
                .isEqualTo(9000);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("installations")
  void a_broker_that_stops_has_the_time_to(String name) {
    KubernetesInstallation installation = KubernetesInstallation.render(name);
    Workload broker = installation.broker();
    Container container = broker.container("broker");

    Duration leaving =
        Duration.ofSeconds(container.getLifecycle().getPreStop().getSleep().getSeconds());
    Duration stopping =
        Duration.parse("PT" + installation.settings(container).get("QUARKUS_SHUTDOWN_TIMEOUT"));

    assertThat(leaving.plus(stopping))
        .isLessThan(Duration.ofSeconds(broker.pod().getTerminationGracePeriodSeconds()));
  }

  @ParameterizedTest
  @MethodSource("installations")
  void the_database_is_brought_up_to_date_before_and_not_by_a_broker(String name) {
    KubernetesInstallation installation = KubernetesInstallation.render(name);
    Workload broker = installation.broker();
    Container migrate = broker.container("migrate");

    assertThat(broker.pod().getInitContainers()).containsExactly(migrate);
    assertThat(migrate.getImage()).isEqualTo(broker.container("broker").getImage());
    assertThat(installation.settings(migrate))
        .containsEntry("QUARKUS_INIT_AND_EXIT", "true")
        .containsEntry("QUARKUS_FLYWAY_MIGRATE_AT_START", "true");
    assertThat(installation.settings(broker.container("broker")))
        .containsEntry("QUARKUS_FLYWAY_MIGRATE_AT_START", "false")
        .doesNotContainKey("QUARKUS_INIT_AND_EXIT");
  }

  @ParameterizedTest
  @MethodSource("installations")
  void a_new_version_takes_no_broker_away_before_it_is_ready(String name) {
    var spec = KubernetesInstallation.render(name).one(Deployment.class, "daypass").getSpec();

    assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    assertThat(spec.getTemplate().getSpec().getTopologySpreadConstraints())
        .hasSize(2)
        .allSatisfy(
            spread -> {
              assertThat(spread.getMaxSkew()).isOne();
              assertThat(spread.getLabelSelector().getMatchLabels())
                  .isEqualTo(spec.getSelector().getMatchLabels());
            });
  }

  @ParameterizedTest
  @MethodSource("installations")
  void selectors_select_what_is_there(String name) {
    KubernetesInstallation installation = KubernetesInstallation.render(name);

    for (Workload workload : installation.workloads()) {
      var selector =
          switch (workload.object()) {
            case Deployment deployment -> deployment.getSpec().getSelector();
            case StatefulSet set -> set.getSpec().getSelector();
            default -> throw new AssertionError(workload.name());
          };
      assertThat(installation.selected(selector.getMatchLabels())).containsExactly(workload);
    }
    for (PodDisruptionBudget budget : installation.all(PodDisruptionBudget.class)) {
      assertThat(installation.selected(budget.getSpec().getSelector().getMatchLabels()))
          .containsExactly(installation.broker());
    }
    for (Service service : installation.all(Service.class)) {
      for (Workload workload : selectedBy(installation, service)) {
        assertThat(service.getSpec().getPorts())
            .allSatisfy(
                port ->
                    assertThat(
                            KubernetesInstallation.port(workload, port.getTargetPort().getStrVal()))
                        .isPresent());
      }
    }
  }

  private static List<Workload> selectedBy(KubernetesInstallation installation, Service service) {
    List<Workload> selected = installation.selected(service.getSpec().getSelector());
    assertThat(selected).as(service.getMetadata().getName()).hasSize(1);
    return selected;
  }

  @ParameterizedTest
  @MethodSource("installations")
  void whatever_is_named_is_there(String name) throws IOException {
    KubernetesInstallation installation = KubernetesInstallation.render(name);
    String readme = Files.readString(KubernetesInstallation.ALL.resolve("README.md"));

    installation.one(ServiceAccount.class, installation.broker().pod().getServiceAccountName());
    for (Workload workload : installation.workloads()) {
      workload.containers().forEach(installation::settings);
      for (String secret : KubernetesInstallation.secrets(workload)) {
        if (name.equals(DEV)) {
          assertThat(installation.made()).contains(secret);
        } else {
          assertThat(readme).contains(secret.substring(0, secret.indexOf('/')));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("installations")
  void network_policies_are_about_pods_that_are_there_and_ports_that_they_have(String name) {
    KubernetesInstallation installation = KubernetesInstallation.render(name);

    for (NetworkPolicy policy : installation.all(NetworkPolicy.class)) {
      Map<String, String> about = policy.getSpec().getPodSelector().getMatchLabels();
      if (about.containsKey("cnpg.io/cluster")) {
        installation.one(PostgresCluster.class, about.get("cnpg.io/cluster"));
        continue;
      }
      assertThat(installation.selected(about)).hasSize(1);
      assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
      policy.getSpec().getIngress().stream()
          .flatMap(rule -> rule.getPorts().stream())
          .map(port -> port.getPort().getStrVal())
          .forEach(
              port ->
                  assertThat(
                          KubernetesInstallation.port(
                              installation.selected(about).getFirst(), port))
                      .as(port)
                      .isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("installations")
  void a_broker_calls_nobody_else_and_metrics_are_for_monitoring_alone(String name) {
    var policy = KubernetesInstallation.render(name).one(NetworkPolicy.class, "daypass").getSpec();
    Set<Integer> called = new TreeSet<>();

    for (var rule : policy.getEgress()) {
      assertThat(rule.getTo()).isNotEmpty();
      assertThat(rule.getPorts()).isNotEmpty();
      rule.getPorts().stream()
          .map(NetworkPolicyPort::getPort)
          .forEach(port -> called.add(port.getIntVal()));
      rule.getTo().stream()
          .filter(to -> to.getIpBlock() != null && to.getIpBlock().getCidr().endsWith("/0"))
          .forEach(to -> assertThat(to.getIpBlock().getExcept()).isNotEmpty());
    }

    assertThat(called).containsExactly(53, 443, 5432, 6379);
    assertThat(policy.getIngress())
        .filteredOn(rule -> rule.getPorts().getFirst().getPort().getStrVal().equals("management"))
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.getFrom().getFirst().getNamespaceSelector().getMatchLabels())
                    .containsEntry("kubernetes.io/metadata.name", "monitoring"));
  }

  @Test
  void the_autoscaler_alone_says_how_many_brokers_there_are() {
    KubernetesInstallation production = KubernetesInstallation.render(PRODUCTION);
    HorizontalPodAutoscaler scaler = production.one(HorizontalPodAutoscaler.class, "daypass");
    var target = scaler.getSpec().getScaleTargetRef();
    Deployment broker = production.one(Deployment.class, target.getName());

    assertThat(target.getApiVersion() + " " + target.getKind()).isEqualTo("apps/v1 Deployment");
    assertThat(broker.getSpec().getReplicas()).isNull();
    assertThat(scaler.getSpec().getMinReplicas()).isEqualTo(3);
    assertThat(scaler.getSpec().getBehavior().getScaleDown().getStabilizationWindowSeconds())
        .isGreaterThanOrEqualTo(300);
    assertThat(connections(production)).isGreaterThan(22 * (scaler.getSpec().getMaxReplicas() + 1));
  }

  private static int connections(KubernetesInstallation production) {
    return Integer.parseInt(
        production
            .one(PostgresCluster.class, "daypass-postgres")
            .getSpec()
            .postgresql()
            .parameters()
            .get("max_connections"));
  }

  @Test
  void elsewhere_there_are_three_brokers_or_one() {
    assertThat(replicas("base")).isEqualTo(3);
    assertThat(replicas(DEV)).isEqualTo(1);
  }

  private static int replicas(String name) {
    return KubernetesInstallation.render(name)
        .one(Deployment.class, "daypass")
        .getSpec()
        .getReplicas();
  }

  @Test
  void a_monitor_finds_the_metrics() {
    KubernetesInstallation production = KubernetesInstallation.render(PRODUCTION);
    ServiceMonitor monitor = production.one(ServiceMonitor.class, "daypass");
    Service metrics = production.one(Service.class, "daypass-metrics");

    assertThat(metrics.getMetadata().getLabels())
        .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
    assertThat(production.one(Service.class, "daypass").getMetadata().getLabels().entrySet())
        .doesNotContainAnyElementsOf(monitor.getSpec().getSelector().getMatchLabels().entrySet());
    assertThat(monitor.getSpec().getEndpoints())
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.getPath()).isEqualTo("/q/metrics");
              assertThat(endpoint.getPort())
                  .isEqualTo(metrics.getSpec().getPorts().getFirst().getName());
            });
  }

  @Test
  void the_gateway_leads_to_the_broker_by_the_url_that_it_knows() {
    KubernetesInstallation production = KubernetesInstallation.render(PRODUCTION);
    HTTPRoute route = production.one(HTTPRoute.class, "daypass");
    var parent = route.getSpec().getParentRefs().getFirst();
    var listener =
        production.one(Gateway.class, parent.getName()).getSpec().getListeners().getFirst();
    String url =
        production.settings(production.broker().container("broker")).get("DAYPASS_PUBLIC_URL");

    assertThat(listener.getName()).isEqualTo(parent.getSectionName());
    assertThat(listener.getProtocol()).isEqualTo("HTTPS");
    assertThat(url).isEqualTo("https://" + listener.getHostname());
    assertThat(route.getSpec().getHostnames()).containsExactly(listener.getHostname());
    assertThat(route.getSpec().getRules())
        .flatMap(rule -> rule.getBackendRefs())
        .allSatisfy(
            backend ->
                assertThat(
                        production
                            .one(Service.class, backend.getName())
                            .getSpec()
                            .getPorts()
                            .getFirst()
                            .getPort())
                    .isEqualTo(backend.getPort()));
  }

  @Test
  void an_acknowledged_write_outlives_a_node() {
    var spec =
        KubernetesInstallation.render(PRODUCTION)
            .one(PostgresCluster.class, "daypass-postgres")
            .getSpec();

    assertThat(spec.instances()).isGreaterThanOrEqualTo(3);
    assertThat(spec.postgresql().synchronous().number()).isPositive();
    assertThat(spec.postgresql().synchronous().dataDurability()).isEqualTo("required");
  }
}
