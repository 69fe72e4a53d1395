package dev.daypass.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeyIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"000000000000", "000000000001", "111122223333", "999999999999"})
  void carries_its_account(String account) {
    AccessKeyId id = AccessKeyId.random(AccessKeyId.LONG_TERM, account, new SecureRandom());

    assertThat(id.value()).matches("AKIA[A-Z2-7]{16}");
    assertThat(id.account()).contains(account);
  }

  /// The example that the public write-ups of the encoding use.
  @Test
  void reads_the_account_as_aws_encodes_it() {
    assertThat(new AccessKeyId("ASIAY34FZKBOKMUTVV7A").account()).contains("609629065308");
  }

  @Test
  void an_id_of_another_making_tells_no_account() {
    assertThat(new AccessKeyId("AKIAADMINEXAMPLE0001").account()).isEmpty();
  }

  @Test
  void base32_goes_there_and_back() {
    byte[] bytes = new byte[257];
    new SecureRandom().nextBytes(bytes);

    assertThat(Base32.decode(Base32.encode(bytes))).isEqualTo(bytes);
  }
}
