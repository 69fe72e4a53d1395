package dev.daypass.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTokenTest {
  private static final String A_TOKEN = "0123456789012345678901234567890123456789";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("made/app.token");
  }

  private CallerToken token(String mode) throws IOException {
    return CallerToken.in(TokenFile.of(file, mode), new SecureRandom(), InstantSource.system());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private void write(String permissions) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, A_TOKEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @CsvSource({
    "0400, r--------, rwx------",
    "0440, r--r-----, rwx--x---",
    "0600, rw-------, rwx------",
    "0640, rw-r-----, rwx--x---"
  })
  void it_is_made_and_changed_with_the_mode_that_was_chosen(
      String mode, String expected, String ofFolder) throws Exception {
    CallerToken token = token(mode);
    assertThat(permissions(file)).isEqualTo(expected);

    token.rotate();

    assertThat(permissions(file)).isEqualTo(expected);
    assertThat(permissions(file.getParent())).isEqualTo(ofFolder);
    assertThat(token.is(Secret.of(Files.readString(file)))).isTrue();
    assertThat(file.getParent().toFile().list()).containsExactly("app.token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "400", "0444", "0660", "0644", "0404", "0440 ", "0777", "440"})
  void there_is_no_other_mode(String mode) {
    assertThatThrownBy(() -> token(mode))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`" + mode + "`");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "0400, r--r-----",
    "0600, rw-r-----",
    "0440, r--r--r--",
    "0440, rw-rw----",
    "0640, rw-r---w-",
    "0640, rw-r-x---"
  })
  void a_file_that_more_can_read_or_write_is_refused(String mode, String permissions)
      throws Exception {
    write(permissions);

    assertThatThrownBy(() -> token(mode))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("others can read or write");
  }

  @Test
  void a_file_that_fewer_can_read_stays_as_it_is() throws Exception {
    write("r--------");

    assertThat(token("0640").is(Secret.of(A_TOKEN))).isTrue();
    assertThat(permissions(file)).isEqualTo("r--------");
  }

  @Test
  void a_token_that_everybody_can_read_is_none() throws Exception {
    CallerToken token = token("0440");
    Files.delete(file);
    write("r--r--r--");

    assertThat(token.is(Secret.of(A_TOKEN))).isFalse();
  }
}
