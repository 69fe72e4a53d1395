package dev.daypass.client.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileTest {
  private static final int COUNTED = 40;
  private static final UnaryOperator<ProfileText> EDIT = text -> text.with("new", List.of("a = 1"));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("credentials");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_file_that_is_not_there_is_made_for_its_owner_alone() throws Exception {
    Path deep = folder.resolve("home/.aws/credentials");

    assertThat(ProfileFile.at(deep).read().sections()).isEmpty();
    ProfileFile.at(deep).change(EDIT);

    assertThat(deep).hasContent("[new]\na = 1\n");
    assertThat(mode(deep)).isEqualTo("rw-------");
    assertThat(mode(deep.getParent())).isEqualTo("rwx------");
  }

  @Test
  void a_file_keeps_its_permissions_unless_it_has_secrets() throws Exception {
    Files.writeString(file, "[a]\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    ProfileFile.at(file).change(EDIT);
    assertThat(mode(file)).isEqualTo("rw-r--r--");

    ProfileFile.secret(file).change(text -> text.without("new"));
    assertThat(mode(file)).isEqualTo("rw-------");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    ProfileFile.secret(file).change(EDIT);
    assertThat(mode(file)).isEqualTo("r--------");
  }

  @Test
  void whoever_reads_meanwhile_reads_the_former_file_as_a_whole() throws Exception {
    Files.writeString(file, "[a]\nb = 1\n");
    try (var reader = Files.newBufferedReader(file)) {
      ProfileFile.at(file).change(text -> text.with("a", List.of("b = 22222")));

      assertThat(reader.readAllAsString()).isEqualTo("[a]\nb = 1\n");
    }
    assertThat(file).hasContent("[a]\nb = 22222\n");
  }

  @Test
  void nothing_but_the_file_and_its_lock_is_left() throws Exception {
    ProfileFile.at(file).change(EDIT);
    assertThatThrownBy(
            () -> ProfileFile.at(file).change(text -> text.with("x", List.of("[forged]"))))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(file).hasContent("[new]\na = 1\n");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("credentials", ".credentials.daypass-lock");
    assertThat(mode(folder.resolve(".credentials.daypass-lock"))).isEqualTo("rw-------");
  }

  @Test
  void a_file_is_not_written_where_nothing_is_different() throws Exception {
    Files.writeString(file, "[new]\na = 1\n");
    FileTime before = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, before);

    ProfileFile.at(file).change(EDIT);

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
  }

  @Test
  void a_symbolic_link_stays_one_and_its_target_is_changed() throws Exception {
    Path target = folder.resolve("real/credentials");
    Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("middle"), Path.of("real/credentials"));
    Files.createSymbolicLink(file, Path.of("middle"));

    ProfileFile.at(file).change(EDIT);
    ProfileFile.at(file).change(text -> text.with("b", List.of()));

    assertThat(Files.isSymbolicLink(file)).isTrue();
    assertThat(Files.isSymbolicLink(folder.resolve("middle"))).isTrue();
    assertThat(Files.isSymbolicLink(target)).isFalse();
    assertThat(target).hasContent("[new]\na = 1\n\n[b]\n");
  }

  @Test
  void links_in_a_circle_lead_nowhere() throws Exception {
    Files.createSymbolicLink(file, folder.resolve("other"));
    Files.createSymbolicLink(folder.resolve("other"), file);

    assertThatThrownBy(() -> ProfileFile.at(file).change(EDIT))
        .isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void what_cannot_be_read_is_left_as_it_is() throws Exception {
    byte[] latin = {'#', ' ', (byte) 0xe9, '\n'};
    for (byte[] content : List.of(latin, "[a\n".getBytes(), new byte[(1 << 20) + 1])) {
      Files.write(file, content);

      assertThatThrownBy(() -> ProfileFile.at(file).change(EDIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }
  }

  @Test
  void a_disk_that_does_not_do_it_leaves_what_was() throws Exception {
    Path aFile = folder.resolve("no-folder");
    Files.writeString(aFile, "x");

    assertThatThrownBy(() -> ProfileFile.at(aFile.resolve("credentials")).change(EDIT))
        .isInstanceOf(IOException.class);
    assertThat(aFile).hasContent("x");
  }

  @Test
  void threads_and_processes_that_change_a_file_at_once_lose_nothing() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Counting.class.getName(),
                file.toString())
            .inheritIO()
            .start();
    Thread thread = Thread.ofPlatform().start(() -> Counting.count(file));
    Counting.count(file);
    thread.join();

    assertThat(other.waitFor()).isZero();
    assertThat(ProfileFile.at(file).read().value("counter", "n")).hasValue("" + 3 * COUNTED);
  }

  /// Counts on in the file.
  static final class Counting {
    private Counting() {}

    public static void main(String[] file) {
      count(Path.of(file[0]));
    }

    private static void count(Path file) {
      for (int i = 0; i < COUNTED; i++) {
        try {
          ProfileFile.at(file).change(Counting::more);
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }

    private static ProfileText more(ProfileText text) {
      int n = Integer.parseInt(text.value("counter", "n").orElse("0"));
      return text.with("counter", List.of("n = " + (n + 1)));
    }
  }
}
