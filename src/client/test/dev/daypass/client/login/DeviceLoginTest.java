package dev.daypass.client.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import dev.daypass.client.login.LoginFailed.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceLoginTest {
  private FakeBroker broker;
  private Instant now = Instant.parse("2026-11-26T09:00:00Z");
  private final List<Duration> pauses = new ArrayList<>();
  private DeviceLogin login;

  @BeforeEach
  void begin() throws IOException {
    broker = new FakeBroker();
    InstantSource source = () -> now;
    Clock clock = source.withZone(ZoneOffset.UTC);
    login = DeviceLogin.begin(broker.tokens(clock));
  }

  @AfterEach
  void end() {
    broker.close();
  }

  private SignIn finish() throws InterruptedException {
    return login.finish(
        time -> {
          pauses.add(time);
          now = now.plus(time);
        });
  }

  @Test
  void it_shows_a_code_and_asks_until_somebody_has_answered() throws Exception {
    broker.answers.addAll(
        List.of("authorization_pending", "authorization_pending", FakeBroker.token()));

    assertThat(login.code()).isEqualTo("BCDF-GHJK");
    assertThat(login.page()).hasToString("https://daypass.example.com/device");
    assertThat(login.link()).hasToString("https://daypass.example.com/device?user_code=BCDF-GHJK");
    assertThat(finish().token().revealText()).isEqualTo("the-token");
    assertThat(pauses).isEqualTo(Collections.nCopies(3, Duration.ofSeconds(1)));
    assertThat(broker.traded.getFirst())
        .containsEntry("grantType", TokenService.DEVICE_CODE)
        .containsEntry("deviceCode", "the-device-code");
    assertThat(broker.registered.getFirst())
        .containsEntry("scopes", List.of("daypass:api"))
        .containsEntry("grantTypes", List.of(TokenService.DEVICE_CODE));
  }

  @Test
  void it_slows_down_when_told_to() throws Exception {
    broker.answers.addAll(
        List.of("slow_down", "authorization_pending", "slow_down", FakeBroker.token()));

    finish();

    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 6L, 6L, 11L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_denied", "expired_token"})
  void it_ends_with_what_the_person_did(String error) {
    broker.answers.add(error);

    LoginFailed failed = catchThrowableOfType(LoginFailed.class, this::finish);

    assertThat(failed.reason())
        .isEqualTo(error.equals("access_denied") ? Reason.REFUSED : Reason.TOO_LATE);
  }

  @Test
  void it_ends_by_itself() {
    broker.answers.addAll(Collections.nCopies(1000, "authorization_pending"));

    LoginFailed failed = catchThrowableOfType(LoginFailed.class, this::finish);

    assertThat(failed.reason()).isEqualTo(Reason.TOO_LATE);
    assertThat(pauses).hasSizeBetween(598, 600);
  }

  @Test
  void any_other_refusal_is_told() {
    broker.answers.add("invalid_grant");

    assertThatThrownBy(this::finish)
        .isInstanceOf(BrokerRefused.class)
        .hasMessage("why invalid_grant");
  }

  @Test
  void it_goes_on_while_the_broker_is_away() {
    broker.close();

    LoginFailed failed = catchThrowableOfType(LoginFailed.class, this::finish);

    assertThat(failed.reason()).isEqualTo(Reason.TOO_LATE);
    assertThat(pauses).extracting(Duration::toSeconds).startsWith(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u001b[2J", "A code"})
  void no_code_is_shown_at_a_terminal_that_is_more_than_letters(String code) {
    broker.device.put("userCode", code);

    assertThatThrownBy(() -> DeviceLogin.begin(broker.tokens(Clock.systemUTC())))
        .isInstanceOf(LoginFailed.class);
  }
}
