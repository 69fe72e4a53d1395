package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cli.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `daypass audit verify` remembers what it saw, and believes a broker's trail no further than
/// that.
class AuditVerifyTest {
  @TempDir Path home;
  private FakeApi api;

  @BeforeEach
  void begin() throws IOException {
    api = new FakeApi();
  }

  @AfterEach
  void end() {
    api.close();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// A chain of so many digests of two records each, whose tokens have this in them.
  private static List<String> chain(int count, String mark) throws GeneralSecurityException {
    List<String> told = new ArrayList<>();
    String previous = "";
    for (int number = 1; number <= count; number++) {
      String claims =
          "{\"mark\": \"%s\", \"number\": %d%s}"
              .formatted(
                  mark, number, previous.isEmpty() ? "" : ", \"previous\": \"" + previous + "\"");
      String token = "e30." + base64(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
      told.add("{\"number\": %d, \"token\": \"%s\", \"records\": 2}".formatted(number, token));
      previous =
          base64(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }
    return told;
  }

  private Outcome verify(String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("audit", "verify"));
    command.addAll(List.of(more));
    return new Program(home).signedIn(api.url()).run(command.toArray(String[]::new));
  }

  @Test
  void a_trail_that_is_well_is_counted_and_its_newest_digest_remembered() throws Exception {
    api.digests = chain(5, "a");
    Outcome first = verify();
    api.digests = chain(6, "a");
    Outcome second = verify();

    assertThat(first.exitCode()).isZero();
    assertThat(first.out())
        .startsWith(
            "10 records in 5 digests are as they were signed; 7 came after the newest digest.")
        .contains("Newest digest: 5 ");
    assertThat(second.exitCode()).isZero();
  }

  @Test
  void a_trail_without_digests_is_well() throws Exception {
    assertThat(verify().exitCode()).isZero();
  }

  @Test
  void a_trail_that_was_rolled_back_is_found() throws Exception {
    api.digests = chain(5, "a");
    verify();
    api.digests = chain(3, "a");
    Outcome after = verify();
    api.digests = chain(5, "a");

    assertThat(after.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(after.out()).contains("digest 5: ").contains("(ROLLED_BACK)");
    assertThat(verify().exitCode()).isZero();
  }

  @Test
  void a_trail_that_was_written_and_signed_anew_is_found() throws Exception {
    api.digests = chain(4, "a");
    verify();
    api.digests = chain(9, "b");
    Outcome after = verify();

    assertThat(after.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(after.out()).contains("digest 4: ").contains("(REPLACED)");
    assertThat(verify().exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_chain_with_a_foreign_link_is_found() throws Exception {
    List<String> mixed = new ArrayList<>(chain(4, "a"));
    mixed.set(1, chain(4, "b").get(1));
    api.digests = mixed;
    Outcome outcome = verify();

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out())
        .contains("digest 2: ")
        .contains("digest 3: ")
        .contains("BROKEN_CHAIN");
  }

  @Test
  void what_the_broker_finds_is_told_on_one_line() throws Exception {
    api.digests =
        List.of(
            chain(1, "a")
                .getFirst()
                .replace(
                    "\"records\"",
                    "\"problem\": \"CHANGED\", \"message\": \"record 7\\u001b[2J\\nwas changed\", \"records\""));
    Outcome outcome = verify();
    Outcome json = verify("--json");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.out().lines().toList().getFirst())
        .isEqualTo("digest 1: record 7 [2J was changed (CHANGED)");
    assertThat(json.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(json.out()).contains("\"problem\":\"CHANGED\"");
  }

  @Test
  void a_file_that_holds_no_digest_is_refused() throws Exception {
    Path file = Files.writeString(home.resolve("anchor.json"), "hello");
    Outcome outcome = verify("--anchor", file.toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("does not hold a digest that was seen");
    assertThat(Files.readString(file)).isEqualTo("hello");
  }
}
