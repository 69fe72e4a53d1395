package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a native image has to know is reflected on: our records and enums, which the codecs and
/// Jackson read and write, and what libraries look up by name and no Quarkus extension tells of. It
/// is drawn from the code, so that nothing is forgotten; `make native-metadata` writes it anew.
class NativeImageMetadataTest {
  private static final Path FILE =
      Path.of(
          "resources/META-INF/native-image/dev.daypass/daypass-broker/reachability-metadata.json");

  /// The factories of the JDK's StAX, as `javax.xml.stream` names them.
  private static final List<String> STAX =
      List.of(
          "com.sun.xml.internal.stream.XMLInputFactoryImpl",
          "com.sun.xml.internal.stream.XMLOutputFactoryImpl",
          "com.sun.xml.internal.stream.events.XMLEventFactoryImpl");

  private static final String RESOURCES =
      """
        "resources": [
          {"bundle": "org.apache.xml.security.resource.xmlsecurity"}
        ]
      }
      """;

  private static Stream<String> reflectedOn() {
    return Stream.of(
            types("dev.daypass.broker", "dev.daypass.wire")
                .filter(type -> type.isRecord() || type.isEnum()),
            // Options, keys and attestations of WebAuthn, which it gives to Jackson.
            types("com.webauthn4j.data"),
            // Caches and their entries by what they do: strong keys and values, as ours are.
            types("com.github.benmanes.caffeine.cache")
                .filter(type -> type.getSimpleName().matches("(SS|PS)[A-Z]+")),
            // Envoy's messages, and what protocol buffers describe them with.
            types("dev.daypass.envoy"),
            types("com.google.protobuf")
                .filter(
                    type ->
                        type.getName().matches(".*DescriptorProtos\\$(FeatureSet|FieldOptions).*")),
            // What XML signatures are made of, by the URIs of their algorithms.
            types("org.apache.xml.security")
                .filter(type -> type.getPackageName().endsWith(".implementations")))
        .flatMap(each -> each)
        .map(JavaClass::getName);
  }

  private static Stream<JavaClass> types(String... packages) {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packages)
            .stream()
            .filter(
                type -> !type.isAnonymousClass() && !type.getSimpleName().equals("package-info"));
  }

  private static String metadata() {
    return Stream.concat(reflectedOn(), STAX.stream())
        .sorted()
        .map(
            type ->
                """
                    {"type": "%s", "allDeclaredConstructors": true, "allDeclaredMethods": true, \
                "allDeclaredFields": true}"""
                    .formatted(type))
        .collect(Collectors.joining(",\n", "{\n  \"reflection\": [\n", "\n  ],\n" + RESOURCES));
  }

  @Test
  void native_images_are_told_all_that_is_reflected_on() throws IOException {
    if (Boolean.getBoolean("daypass.write-native-metadata")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, metadata());
    }
    assertThat(Files.readString(FILE))
        .as("`make native-metadata` writes it anew")
        .isEqualTo(metadata());
  }
}
