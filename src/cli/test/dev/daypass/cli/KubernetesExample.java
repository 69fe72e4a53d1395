package dev.daypass.cli;

import dev.daypass.desired.Desired;
import dev.daypass.desired.DesiredFiles;
import dev.daypass.desired.DesiredReader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// One of `k8s/examples`, as `kubectl kustomize` renders it.
record KubernetesExample(Path folder, List<HasMetadata> objects) {
  static final Path ALL = Path.of("../../k8s/examples");
  private static final Map<String, KubernetesExample> RENDERED = new ConcurrentHashMap<>();

  /// What runs pods.
  record Workload(HasMetadata object, PodSpec pod) {
    String name() {
      return object.getMetadata().getName();
    }

    List<Container> containers() {
      return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()).toList();
    }

    Container container(String name) {
      return containers().stream().filter(c -> c.getName().equals(name)).findFirst().orElseThrow();
    }
  }

  /// What the restricted profile of pod security asks of a container that adds these capabilities,
  /// and more: the pod says who runs it, and nothing is written.
  static boolean restricted(Container container, List<String> capabilities) {
    var context = container.getSecurityContext();
    return Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())
        && Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())
        && context.getPrivileged() == null
        && context.getRunAsUser() == null
        && context.getRunAsNonRoot() == null
        && context.getSeccompProfile() == null
        && context.getCapabilities().getDrop().equals(List.of("ALL"))
        && context.getCapabilities().getAdd().equals(capabilities);
  }

  /// Each is rendered once. Without kubectl there is nothing to see, and the test says so.
  static KubernetesExample render(String name) {
    return RENDERED.computeIfAbsent(
        name,
        _ ->
            new KubernetesExample(
                ALL.resolve(name), Manifests.read(Kustomize.render(ALL.resolve(name)))));
  }

  List<Workload> workloads() {
    return workloads(objects);
  }

  static List<Workload> workloads(List<HasMetadata> objects) {
    List<Workload> workloads = new ArrayList<>();
    for (HasMetadata object : objects) {
      Optional<PodSpec> pod =
          switch (object) {
            case Deployment deployment -> Optional.of(deployment.getSpec().getTemplate().getSpec());
            case DaemonSet daemons -> Optional.of(daemons.getSpec().getTemplate().getSpec());
            case StatefulSet set -> Optional.of(set.getSpec().getTemplate().getSpec());
            case Job job -> Optional.of(job.getSpec().getTemplate().getSpec());
            default -> Optional.empty();
          };
      pod.ifPresent(spec -> workloads.add(new Workload(object, spec)));
    }
    return workloads;
  }

  Workload workload(String name) {
    return workloads().stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
  }

  /// Fails for one that is not there, or in another namespace.
  ConfigMap configMap(Workload of, String name) {
    return objects.stream()
        .filter(ConfigMap.class::isInstance)
        .map(ConfigMap.class::cast)
        .filter(map -> map.getMetadata().getName().equals(name))
        .filter(
            map ->
                map.getMetadata().getNamespace().equals(of.object().getMetadata().getNamespace()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(of.name() + " lacks a ConfigMap " + name));
  }

  /// What a container's process has in its environment.
  Map<String, String> environment(Workload of, Container container) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container.getEnv()) {
      environment.put(variable.getName(), value(of, variable));
    }
    return environment;
  }

  private String value(Workload of, EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    var reference = variable.getValueFrom().getConfigMapKeyRef();
    String value = configMap(of, reference.getName()).getData().get(reference.getKey());
    return Optional.ofNullable(value).orElseThrow();
  }

  /// What the broker of the example is told.
  Desired iam() throws IOException {
    return DesiredReader.read(DesiredFiles.read(folder.resolve("iam.yaml")));
  }
}
