package dev.daypass.cli;

import dev.daypass.cli.KubernetesExample.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The base or an overlay of `k8s`, as `kubectl kustomize` renders it.
record KubernetesInstallation(List<HasMetadata> objects) {
  static final Path ALL = Path.of("../../k8s");

  /// What a reader makes before the overlay `dev` can be rendered.
  private static final Map<String, String> SECRETS =
      Map.of(
          "sealing-key.json", "{}",
          "database.env", "username=daypass\npassword=example\n",
          "redis.env", "url=redis://:example@daypass-valkey\npassword=example\n",
          "first-administrator.env", "access-key-id=AKIAEXAMPLE\nsecret-access-key=example\n");

  private static final Map<String, KubernetesInstallation> RENDERED = new ConcurrentHashMap<>();

  /// Each is rendered once.
  static KubernetesInstallation render(String name) {
    return RENDERED.computeIfAbsent(
        name,
        _ ->
            new KubernetesInstallation(
                name.equals("overlays/dev")
                    ? Manifests.readWithSecrets(Kustomize.render(withSecrets(name)))
                    : Manifests.read(Kustomize.render(ALL.resolve(name)))));
  }

  /// A copy of everything, with secrets in it.
  private static Path withSecrets(String name) {
    try (Stream<Path> all = Files.walk(ALL)) {
      Path copy = Files.createTempDirectory("k8s");
      for (Path from : all.filter(file -> !file.toString().contains("/secrets")).toList()) {
        if (!from.equals(ALL)) {
          Files.copy(from, copy.resolve(ALL.relativize(from).toString()));
        }
      }
      Path secrets = Files.createDirectory(copy.resolve(name).resolve("secrets"));
      for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
        Files.writeString(secrets.resolve(secret.getKey()), secret.getValue());
      }
      return copy.resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends HasMetadata> T one(Class<T> kind, String name) {
    return all(kind).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + kind.getSimpleName() + " " + name));
  }

  List<Workload> workloads() {
    return KubernetesExample.workloads(objects);
  }

  Workload broker() {
    return workloads().stream().filter(w -> w.name().equals("daypass")).findFirst().orElseThrow();
  }

  /// The pods' labels of what runs them.
  static Map<String, String> labels(Workload workload) {
    PodTemplateSpec pods =
        switch (workload.object()) {
          case Deployment deployment -> deployment.getSpec().getTemplate();
          case StatefulSet set -> set.getSpec().getTemplate();
          default -> throw new AssertionError(workload.name());
        };
    return pods.getMetadata().getLabels();
  }

  /// What a selector selects.
  List<Workload> selected(Map<String, String> selector) {
    return workloads().stream()
        .filter(workload -> labels(workload).entrySet().containsAll(selector.entrySet()))
        .toList();
  }

  static Optional<ContainerPort> port(Workload workload, String name) {
    return workload.containers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> name.equals(port.getName()))
        .findFirst();
  }

  /// What a container's process has in its environment, as far as it is no secret.
  Map<String, String> settings(Container container) {
    Map<String, String> settings = new HashMap<>();
    container
        .getEnvFrom()
        .forEach(
            from ->
                settings.putAll(one(ConfigMap.class, from.getConfigMapRef().getName()).getData()));
    container.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .forEach(variable -> settings.put(variable.getName(), variable.getValue()));
    return settings;
  }

  /// The secrets that a workload must find, as `name/key`.
  static List<String> secrets(Workload workload) {
    Stream<String> variables =
        workload.containers().stream()
            .flatMap(container -> container.getEnv().stream())
            .map(EnvVar::getValueFrom)
            .filter(from -> from != null && from.getSecretKeyRef() != null)
            .map(from -> from.getSecretKeyRef().getName() + "/" + from.getSecretKeyRef().getKey());
    Stream<String> files =
        workload.pod().getVolumes().stream()
            .filter(volume -> volume.getSecret() != null)
            .flatMap(
                volume ->
                    volume.getSecret().getItems().stream()
                        .map(item -> volume.getSecret().getSecretName() + "/" + item.getKey()));
    return Stream.concat(variables, files).distinct().toList();
  }

  /// The secrets that the overlay itself makes, as `name/key`.
  List<String> made() {
    return all(Secret.class).stream()
        .flatMap(
            secret ->
                secret.getData().keySet().stream()
                    .map(key -> secret.getMetadata().getName() + "/" + key))
        .toList();
  }
}
