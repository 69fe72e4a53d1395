package dev.daypass.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {
  private static final String NAME = "https://daypass.example.com";
  private static final Secret TOKEN = Secret.of("eyJ0.token \"with\" 'quotes' $(and) more\\");

  @TempDir Path folder;
  private FakePrograms fakes;
  private String passphrase = "correct horse battery";

  private final Passphrases passphrases =
      new Passphrases() {
        @Override
        public Secret known() {
          return Secret.of(passphrase);
        }

        @Override
        public Secret chosen() {
          return Secret.of(passphrase);
        }
      };

  @BeforeEach
  void begin() {
    fakes = new FakePrograms(folder.resolve("bin"));
  }

  private Path home() {
    return folder.resolve("home");
  }

  private Stores stores(String system) {
    return new Stores(home(), fakes.programs(), passphrases, system, Duration.ofSeconds(20));
  }

  private Stores hurried() {
    return new Stores(home(), fakes.programs(), passphrases, "Linux", Duration.ofMillis(500));
  }

  /// What every store does.
  private void keepsAndForgets(SecretStore store) {
    assertThat(store.find(NAME)).isEmpty();
    store.forget(NAME);
    store.keep(NAME, Secret.of("a former one"));
    store.keep(NAME, TOKEN);
    SecretStore again = stores("Linux").open(store.id());

    assertThat(again.find(NAME)).contains(TOKEN);
    assertThat(again.find(NAME + "/other")).isEmpty();
    again.forget(NAME);
    assertThat(store.find(NAME)).isEmpty();
  }

  @Test
  void the_keyring_of_a_linux_desktop_keeps_secrets() throws IOException {
    fakes.secretTool();

    SecretStore store = stores("Linux").keyring().orElseThrow();

    assertThat(store.id()).isEqualTo("secret-service");
    keepsAndForgets(store);
    assertThat(fakes.calls()).contains("store").doesNotContain("eyJ0");
  }

  @Test
  void the_keychain_of_macos_keeps_secrets() throws IOException {
    fakes.security();

    SecretStore store = stores("Mac OS X").keyring().orElseThrow();

    assertThat(store.id()).isEqualTo("macos-keychain");
    keepsAndForgets(store);
    assertThat(fakes.calls()).contains("-i").doesNotContain("eyJ0", "ZXlK");
  }

  @Test
  void a_keychain_that_only_says_that_it_kept_something_is_found_out() throws IOException {
    fakes.script("security", "case $1 in -i) exit 0 ;; *) exit 44 ;; esac\n");
    SecretStore store = stores("Mac OS X").keyring().orElseThrow();

    assertThatThrownBy(() -> store.keep(NAME, TOKEN)).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_keychain_is_told_no_name_that_it_could_take_for_a_command() throws IOException {
    fakes.security();
    SecretStore store = stores("Mac OS X").keyring().orElseThrow();

    for (String name : List.of("a\" -w x", "a\nquit", "", "x".repeat(301))) {
      assertThatThrownBy(() -> store.keep(name, TOKEN)).isInstanceOf(StoreUnavailable.class);
    }
    assertThatThrownBy(() -> store.keep(NAME, Secret.of("x".repeat(5000))))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_credential_helper_keeps_secrets() throws IOException {
    fakes.dockerCredential("test");
    Secret token = Secret.of("eyJ0.plain");
    SecretStore store = stores("Linux").helper("test");

    assertThat(store.find(NAME)).isEmpty();
    store.forget(NAME);
    store.keep(NAME, token);

    assertThat(stores("Linux").open("helper:test").find(NAME)).contains(token);
    store.forget(NAME);
    assertThat(store.find(NAME)).isEmpty();
    assertThat(fakes.calls()).contains("store", "get", "erase").doesNotContain("eyJ0");
  }

  @Test
  void windows_has_its_own_credential_helper() throws IOException {
    fakes.dockerCredential("wincred.exe");

    assertThat(stores("Windows 11").keyring())
        .get()
        .extracting(SecretStore::id)
        .isEqualTo("helper:wincred.exe");
  }

  @Test
  void where_no_program_is_there_is_no_keyring() {
    assertThat(stores("Linux").keyring()).isEmpty();
    assertThat(stores("Windows 11").keyring()).isEmpty();
    assertThat(new Stores(home(), new Programs(""), passphrases).keyring()).isEmpty();
  }

  @Test
  void a_keyring_that_does_not_answer_is_none() throws IOException {
    fakes.script("secret-tool", "echo 'Cannot autolaunch D-Bus without X11' >&2; exit 1\n");

    assertThat(stores("Linux").keyring()).isEmpty();
    SecretStore gone = stores("Linux").open("secret-service");
    assertThatThrownBy(() -> gone.find(NAME))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage("secret-tool failed: Cannot autolaunch D-Bus without X11");
    assertThatThrownBy(() -> gone.keep(NAME, TOKEN)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> gone.forget(NAME)).isInstanceOf(StoreUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 1000",
        "sleep 1000 & exit 0",
        "exit 3",
        "kill -9 $$",
        "echo garbage",
        "echo '{\"ServerURL\": \"x\"}'",
        "echo '[1]'",
        "echo '{\"Secret\": 7}'",
        "exec cat /dev/zero",
        "exec cat /dev/zero >&2",
        "echo no such secret; exit 1",
        "exit 0",
      })
  void a_helper_that_does_not_do_its_work_is_said_to(String body) throws IOException {
    fakes.script("docker-credential-bad", body + "\n");
    SecretStore store = hurried().helper("bad");
    Instant begun = Instant.now();

    assertThatThrownBy(() -> store.find(NAME))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageStartingWith("docker-credential-bad ");
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void a_helper_that_hangs_is_ended_with_what_it_started() throws IOException {
    fakes.script("docker-credential-bad", "echo $$ > '%s/pid'; sleep 1000\n".formatted(folder));
    SecretStore store = hurried().helper("bad");

    assertThatThrownBy(() -> store.keep(NAME, TOKEN)).hasMessageContaining("does not answer");

    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    ProcessHandle.of(pid).ifPresent(left -> left.onExit().join());
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void what_a_helper_complains_of_can_be_shown_at_a_terminal() throws IOException {
    fakes.script(
        "docker-credential-bad",
        "printf '\\033[2Jno\\nway %0300d' 0 >&2; printf 'the secret'; exit 1\n");

    assertThatThrownBy(() -> hurried().helper("bad").keep(NAME, TOKEN))
        .hasMessageStartingWith("docker-credential-bad failed: [2Jno way 000")
        .message()
        .doesNotContain("\u001b", "\n", "the secret")
        .hasSizeLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../evil", "a/b", "-x", "a b", ".hidden"})
  void a_helper_has_a_plain_name(String name) {
    assertThatThrownBy(() -> stores("Linux").helper(name)).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_program_is_not_taken_from_where_one_happens_to_be() throws IOException {
    fakes.secretTool();
    Path here = Path.of("").toAbsolutePath().relativize(fakes.folder());

    assertThat(new Programs(here + "::.").find("secret-tool")).isEmpty();
    assertThat(new Programs(here + ":" + fakes.folder()).find("secret-tool")).isPresent();
  }

  @Test
  void an_encrypted_file_keeps_secrets() throws IOException {
    keepsAndForgets(stores("Linux").encryptedFile());

    SecretStore store = stores("Linux").encryptedFile();
    store.keep(NAME, TOKEN);
    assertThat(Files.readString(home().resolve("vault.json")))
        .contains("\"iterations\":600000")
        .doesNotContain("eyJ0", "example.com");
    areTheOwners();
  }

  private void areTheOwners() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home())))
        .isEqualTo("rwx------");
    try (var files = Files.list(home())) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void another_passphrase_does_not_open_it() {
    stores("Linux").encryptedFile().keep(NAME, TOKEN);
    passphrase = "correct horse batterz";

    assertThatThrownBy(() -> stores("Linux").open("encrypted-file").find(NAME))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("passphrase is not right");
    assertThatThrownBy(() -> stores("Linux").encryptedFile()).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> stores("Linux").open("encrypted-file").keep(NAME, TOKEN))
        .isInstanceOf(StoreUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"iterations\":600000|\"iterations\":600001",
        "\"iterations\":600000|\"iterations\":1",
        "\"iterations\":600000|\"iterations\":2000000000",
        "\"iterations\":600000|\"iterations\":\"600000\"",
        "\"version\":1|\"version\":2",
        "HmacSHA256|HmacSHA1",
        "\"nonce\":\"|\"nonce\":\"AAAA",
        "\"salt\":\"|\"salt\":\"AAAA",
        "\"content\":\"|\"content\":\"AAAA",
        "\"content\":\"|\"content\":\"!",
        "\"content\":|\"contents\":",
        "{|",
      })
  void a_file_that_was_changed_is_refused(String change) throws IOException {
    stores("Linux").encryptedFile().keep(NAME, TOKEN);
    Path file = home().resolve("vault.json");
    String[] parts = change.split("\\|", -1);
    String changed = Files.readString(file).replace(parts[0], parts[1]);
    assertThat(changed).isNotEqualTo(Files.readString(file));

    Files.writeString(file, changed);

    assertThatThrownBy(() -> stores("Linux").open("encrypted-file").find(NAME))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("was changed");
    assertThat(Files.readString(file)).isEqualTo(changed);
  }

  @Test
  void a_plain_file_is_its_owners_and_says_what_it_is() throws IOException {
    Files.createDirectories(home());
    Files.setPosixFilePermissions(home(), PosixFilePermissions.fromString("rwxr-xr-x"));
    SecretStore store = stores("Linux").insecureFile();

    keepsAndForgets(store);

    store.keep(NAME, TOKEN);
    assertThat(store.place()).startsWith("in plain text in /");
    areTheOwners();
  }

  @Test
  void a_file_that_cannot_be_read_is_said_to() throws IOException {
    Files.createDirectories(home());
    Files.writeString(home().resolve("secrets.json"), "garbage");

    assertThatThrownBy(() -> stores("Linux").insecureFile().find(NAME))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void of_many_who_write_at_once_none_is_lost() throws Exception {
    List<Callable<String>> writers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String name = NAME + "/" + i;
      writers.add(
          () -> {
            stores("Linux").insecureFile().keep(name, TOKEN);
            return name;
          });
    }

    try (var threads = Executors.newFixedThreadPool(20)) {
      for (var done : threads.invokeAll(writers)) {
        done.get();
      }
    }

    SecretStore store = stores("Linux").insecureFile();
    for (int i = 0; i < 40; i++) {
      assertThat(store.find(NAME + "/" + i)).contains(TOKEN);
    }
    try (var files = Files.list(home())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("secrets.json", "lock");
    }
  }

  @Test
  void a_store_that_nobody_knows_is_not_there() {
    for (String id : List.of("", "keyring", "helper:", "helper:../x", "helper:missing")) {
      assertThatThrownBy(() -> stores("Linux").open(id))
          .as(id)
          .isInstanceOf(StoreUnavailable.class);
    }
  }
}
