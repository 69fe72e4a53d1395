package dev.daypass.broker.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36|Chrome on Linux",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0|Edge on Windows",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0|Firefox on a Mac",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1|Safari on an iPhone",
        "aws-cli/2.32.0 md/awscrt#0.28 ua/2.1|aws-cli/2.32.0",
        "Chrome/1|Chrome/1",
      })
  void a_program_is_called_by_its_name(String userAgent, String name) {
    assertThat(Places.of("192.0.2.7", userAgent)).isEqualTo("192.0.2.7, " + name);
  }

  @Test
  void a_program_that_says_nothing_is_an_address() {
    assertThat(Places.of("192.0.2.7", " ")).isEqualTo("192.0.2.7");
    assertThat(Places.of("192.0.2.7", "x".repeat(1000))).hasSizeLessThan(100);
  }
}
