package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.cli.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `daypass mfa test`, with nobody at its terminal.
class MfaTestCommandTest {
  private static final String SERIAL = "arn:aws:iam::111122223333:mfa/alice";

  @TempDir Path home;
  private FakeApi api;
  private Program daypass;

  @BeforeEach
  void arrive() throws Exception {
    api = new FakeApi();
    daypass = new Program(home).signedIn(api.url());
  }

  @AfterEach
  void leave() {
    api.close();
  }

  private Outcome tried(String typed, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("mfa", "test", "--stdin"));
    arguments.addAll(List.of(more));
    Process process = daypass.start(arguments.toArray(String[]::new));
    try (var in = process.outputWriter()) {
      in.write(typed);
    }
    return new Outcome(
        process.waitFor(),
        Files.readString(home.resolve("out")),
        Files.readString(home.resolve("err")));
  }

  @Test
  void a_code_that_works_is_told_and_the_sign_in_stays_as_it_is() throws Exception {
    api.steps.add(FakeApi.works(SERIAL));
    String before = Files.readString(home.resolve("secrets.json"));

    Outcome outcome = tried("123 456\n", "--json");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(JSON.std.mapFrom(outcome.out()))
        .containsEntry("serialNumber", SERIAL)
        .containsEntry("works", true);
    assertThat(outcome.err()).contains("This code is used up").doesNotContain("123456");
    assertThat(Files.readString(home.resolve("secrets.json"))).isEqualTo(before);
    assertThat(api.calls.getLast()).contains("123456").doesNotContain("serialNumber");
  }

  @Test
  void a_device_is_named_where_there_are_several() throws Exception {
    api.steps.add(FakeApi.works(SERIAL));

    assertThat(tried("123456\n", SERIAL).out()).isEqualTo(SERIAL + " works.\n");

    assertThat(api.calls.getLast()).contains(SERIAL);
  }

  @Test
  void a_wrong_code_fails_at_once_where_nobody_types() throws Exception {
    api.steps.add(FakeApi.error("AccessDenied", "The code is wrong. "));

    Outcome outcome = tried("123456\n654321\n");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo("daypass: The code is wrong.\n");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void who_has_passkeys_alone_is_led_to_the_browser() throws Exception {
    api.steps.add(FakeApi.error("NoSuchEntity", "There is none."));

    Outcome outcome = tried("123456\n");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("You have no device that shows codes", "mfa test passkey");
  }

  @Test
  void a_passkey_is_tried_in_a_browser() throws Exception {
    String page = api.url() + "/step-up?next=%2Fsecurity\n";

    assertThat(tried("", "passkey").out()).isEqualTo(page);
    assertThat(tried("", "arn:aws:iam::111122223333:u2f/user/alice/key-ABC").out()).isEqualTo(page);
    assertThat(api.calls).isEmpty();
  }

  @Test
  void nothing_is_sent_where_there_is_no_code() throws Exception {
    assertThat(tried("").exitCode()).isEqualTo(2);
    assertThat(api.calls).isEmpty();
  }
}
