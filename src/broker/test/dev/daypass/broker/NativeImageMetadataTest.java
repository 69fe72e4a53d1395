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
import org.junit.jupiter.api.Test;

/// What a native image has to know of our own classes: records and enums are what the codecs and
/// Jackson read and write by reflection. It is drawn from the code, so that none is forgotten;
/// `make native-metadata` writes it anew.
class NativeImageMetadataTest {
  private static final Path FILE =
      Path.of(
          "resources/META-INF/native-image/dev.daypass/daypass-broker/reachability-metadata.json");

  private static List<String> reflectedOn() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.daypass.broker", "dev.daypass.wire").stream()
            .filter(type -> type.isRecord() || type.isEnum())
            .map(JavaClass::getName)
            .sorted()
            .toList();
  }

  private static String metadata() {
    return reflectedOn().stream()
        .map(
            type ->
                """
                    {"type": "%s", "allDeclaredConstructors": true, "allDeclaredMethods": true, \
                "allDeclaredFields": true}"""
                    .formatted(type))
        .collect(Collectors.joining(",\n", "{\n  \"reflection\": [\n", "\n  ]\n}\n"));
  }

  @Test
  void native_images_are_told_every_record_and_enum_there_is() throws IOException {
    if (Boolean.getBoolean("daypass.write-native-metadata")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, metadata());
    }
    assertThat(Files.readString(FILE))
        .as("`make native-metadata` writes it anew")
        .isEqualTo(metadata());
  }
}
