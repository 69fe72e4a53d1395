package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-4",
        "01234.1.1.1",
        "1.2.3.4 ",
        "a.b.c.d",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "::1.2.3",
        "::1.2.3.4.5",
        "1.2.3.4::",
        ":1::",
        "1:",
        "1:2:3:4:5:6:7:8:",
        "::1%eth0",
        "example.com",
        "١.2.3.4",
        "1.2.3.4/8",
        "::1.2.3.4:5"
      })
  void what_is_no_address_is_refused(String text) {
    assertThatThrownBy(() -> AddressRange.address(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "10.0.0.0/8/8"})
  void what_is_no_range_is_refused(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "0.0.0.0/0, 255.1.2.3, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::ffff:10.0.0.0, 10.0.0.0, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 1.2.3.4, false",
  })
  void a_range_holds_an_address(String range, String address, boolean holds) {
    assertThat(AddressRange.parse(range).contains(AddressRange.address(address))).isEqualTo(holds);
  }

  @Test
  void every_form_of_an_address_is_the_address() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] address = new byte[16];
      random.nextBytes(address);
      for (int zero = random.nextInt(16); zero > 0; zero--) {
        address[random.nextInt(16)] = 0;
      }
      String written = InetAddress.getByAddress(address).getHostAddress();

      assertThat(AddressRange.address(written)).as(written).isEqualTo(address);
      assertThat(AddressRange.address(shortened(written))).as(written).isEqualTo(address);
    }
  }

  private static String shortened(String address) {
    return address.replaceFirst("(^|:)0(:0)+(:|$)", "::");
  }
}
