package dev.daypass.broker.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.wire.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingKeyFileTest {
  @TempDir Path folder;

  @Test
  void a_new_file_seals_and_is_its_owners_alone() throws Exception {
    Path file = folder.resolve("sealing-key.json");

    assertThat(SealingKeyFile.run("new", file.toString())).isZero();

    Sealer sealer = Sealer.fromFile(file);
    assertThat(sealer.open(sealer.seal(Secret.of("hush"), "row/1"), "row/1"))
        .isEqualTo(Secret.of("hush"));
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void a_file_that_is_there_is_not_made_anew() throws Exception {
    Path file = folder.resolve("sealing-key.json");
    SealingKeyFile.run("new", file.toString());
    String before = Files.readString(file);

    assertThat(SealingKeyFile.run("new", file.toString())).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo(before);
  }
}
