package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every setting that the manifests, the container files and their pages name is there, and one
/// that a broker can be told when it starts.
class ManifestSettingsTest {
  private static final Path TOP = Path.of("../..");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:DAYPASS|QUARKUS)_[A-Z0-9_]*[A-Z0-9]\\b");

  private static final List<Pattern> KNOWN = new ArrayList<>();

  @BeforeAll
  static void ask_the_broker_and_quarkus() throws Exception {
    // SettingsTest holds these against the code.
    Files.readAllLines(SettingsTest.NAMES).forEach(ManifestSettingsTest::know);
    ClassLoader libraries = ManifestSettingsTest.class.getClassLoader();
    for (URL list :
        Collections.list(libraries.getResources("META-INF/quarkus-config-roots.list"))) {
      for (String root : text(list).lines().toList()) {
        Class<?> type = Class.forName(root, false, libraries);
        if (type.isAnnotationPresent(ConfigMapping.class)
            && type.getAnnotation(ConfigRoot.class).phase() == ConfigPhase.RUN_TIME) {
          know(type);
        }
      }
    }
  }

  private static String text(URL resource) throws IOException {
    try (var stream = resource.openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void know(Class<?> mapping) {
    for (String name : ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet()) {
      know(SettingsTest.variable(name));
    }
  }

  private static void know(String variable) {
    KNOWN.add(Pattern.compile(variable.replace("*", "[A-Z0-9_]+")));
  }

  private static boolean known(String variable) {
    return KNOWN.stream().anyMatch(name -> name.matcher(variable).matches());
  }

  static Stream<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(List.of(TOP.resolve("README.md")));
    for (String folder : List.of("k8s/base", "k8s/components", "k8s/overlays", "native")) {
      try (Stream<Path> all = Files.walk(TOP.resolve(folder))) {
        files.addAll(all.filter(Files::isRegularFile).toList());
      }
    }
    files.add(TOP.resolve("k8s/README.md"));
    files.add(TOP.resolve("k8s/examples/README.md"));
    return files.stream();
  }

  private static List<String> names(Path file) throws IOException {
    return NAME.matcher(Files.readString(file)).results().map(MatchResult::group).toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_setting_is_one(Path file) throws IOException {
    assertThat(names(file)).allSatisfy(name -> assertThat(known(name)).as(name).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DAYPASS_PUBLIC_URI",
        "DAYPASS_SEALING_KEY",
        "DAYPASS_WEB_IDENTITY_ISSUERS_CLUSTER",
        "QUARKUS_SHUTDOWN_TIME",
        // Decided when the broker is built: a pod that says so is not heard.
        "QUARKUS_MANAGEMENT_ENABLED",
        "QUARKUS_SHUTDOWN_DELAY_ENABLED"
      })
  void what_is_no_setting_is_found(String name) {
    assertThat(known(name)).isFalse();
  }

  @Test
  void settings_are_found_where_they_are() throws IOException {
    assertThat(names(TOP.resolve("k8s/base/deployment.yaml")))
        .contains("QUARKUS_INIT_AND_EXIT", "DAYPASS_SEALING_KEY_FILE");
    assertThat(files().filter(file -> file.endsWith("base/deployment.yaml"))).hasSize(1);
  }
}
