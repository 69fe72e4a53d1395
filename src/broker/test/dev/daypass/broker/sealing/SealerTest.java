package dev.daypass.broker.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.wire.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
  @TempDir Path folder;

  private Sealer sealer(String name) throws Exception {
    Path file = folder.resolve(name);
    Sealer.createFile(file);
    return Sealer.fromFile(file);
  }

  @Test
  void what_was_sealed_opens_for_its_owner() throws Exception {
    Sealer sealer = sealer("key");

    byte[] closed = sealer.seal(Secret.of("hush"), "row/1");

    assertThat(sealer.open(closed, "row/1")).isEqualTo(Secret.of("hush"));
    assertThat(new String(closed)).doesNotContain("hush");
  }

  @Test
  void a_ciphertext_moved_to_another_row_does_not_open() throws Exception {
    Sealer sealer = sealer("key");
    byte[] closed = sealer.seal(Secret.of("hush"), "row/1");

    assertThatThrownBy(() -> sealer.open(closed, "row/2"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void another_key_does_not_open_it() throws Exception {
    byte[] closed = sealer("one").seal(Secret.of("hush"), "row/1");

    assertThatThrownBy(() -> sealer("other").open(closed, "row/1"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_changed_ciphertext_does_not_open() throws Exception {
    Sealer sealer = sealer("key");
    byte[] closed = sealer.seal(Secret.of("hush"), "row/1");
    closed[closed.length - 1] ^= 1;

    assertThatThrownBy(() -> sealer.open(closed, "row/1"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void the_key_file_is_its_owners_alone() throws Exception {
    sealer("key");

    assertThat(Files.getPosixFilePermissions(folder.resolve("key"))).hasSize(2);
  }

  @Test
  void a_secret_does_not_show_itself() {
    assertThat(Secret.of("hush").toString()).doesNotContain("hush");
  }
}
