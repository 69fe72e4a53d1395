package dev.daypass.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesiredFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("more"));
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve("users.yaml"), "users: {alice: {}}\n---\ngroups: {g: {}}\n");
    Files.writeString(folder.resolve("more/users.json"), "{\"users\": {\"bob\": {}}}");
    Files.writeString(folder.resolve("README.md"), "not one of them");
    Files.writeString(folder.resolve(".git/config.yaml"), "not one of them");
  }

  private static List<String> users(Path place) {
    return DesiredReader.read(DesiredFiles.read(place)).users().stream()
        .map(user -> user.name().value())
        .toList();
  }

  @Test
  void a_folder_is_all_the_files_in_it() throws IOException {
    Path link =
        Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-l"), folder);

    assertThat(users(folder)).containsExactly("bob", "alice");
    assertThat(users(link)).containsExactly("bob", "alice");
    assertThat(users(folder.resolve("users.yaml"))).containsExactly("alice");
    Files.delete(link);
  }

  @Test
  void what_is_put_together_says_the_same() {
    List<Document> documents = DesiredFiles.read(folder);

    String together = Document.together(documents);

    assertThat(together).isEqualTo("{\"users\":{\"bob\":{},\"alice\":{}},\"groups\":{\"g\":{}}}");
    assertThat(DesiredReader.read(Document.parse("all", together)))
        .isEqualTo(DesiredReader.read(documents));
  }

  @Test
  void what_two_files_say_of_one_thing_is_refused() throws IOException {
    Files.writeString(folder.resolve("z.yml"), "users: {Alice: {}}");

    assertThatThrownBy(() -> users(folder))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("z.yml: users Alice was said in ");
  }

  @Test
  void what_is_not_a_file_of_text_is_refused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "users: {ä: {}}".getBytes(StandardCharsets.ISO_8859_1));
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "#".repeat((1 << 20) + 1));

    assertThatThrownBy(() -> DesiredFiles.read(empty)).hasMessageContaining("1 to 1000 files");
    assertThatThrownBy(() -> DesiredFiles.read(latin)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> DesiredFiles.read(large)).hasMessageContaining("a megabyte");
    assertThatThrownBy(() -> DesiredFiles.read(folder.resolve("nowhere")))
        .hasMessageContaining("cannot be read");
  }
}
