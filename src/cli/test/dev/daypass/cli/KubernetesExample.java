package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  /// Each is rendered once. Without kubectl there is nothing to see, and the test says so.
  static KubernetesExample render(String name) {
    assumeTrue(kubectl(), "SKIP: there is no kubectl here");
    return RENDERED.computeIfAbsent(
        name,
        _ ->
            new KubernetesExample(
                ALL.resolve(name), Manifests.read(kustomized(ALL.resolve(name)))));
  }

  private static String kustomized(Path folder) {
    try {
      Path errors = Files.createTempFile("kustomize", ".txt");
      Process process =
          new ProcessBuilder("kubectl", "kustomize", folder.toString())
              .redirectError(errors.toFile())
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
      return text;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean kubectl() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    for (HasMetadata object : objects) {
      Optional<PodSpec> pod =
          switch (object) {
            case Deployment deployment -> Optional.of(deployment.getSpec().getTemplate().getSpec());
            case DaemonSet daemons -> Optional.of(daemons.getSpec().getTemplate().getSpec());
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
