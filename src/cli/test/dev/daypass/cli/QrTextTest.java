package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrTextTest {
  private static final String LINK = "https://daypass.example.com/device?user_code=BCDF-GHJK";

  @Test
  void every_module_is_drawn_within_a_light_margin() {
    QrCode code = QrCode.encodeText(LINK, QrCode.Ecc.LOW);
    List<String> rows = QrText.of(LINK, false).lines().toList();

    assertThat(rows).hasSize((code.size + 5) / 2).allMatch(row -> row.length() == code.size + 4);
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        char drawn = rows.get((y + 2) / 2).charAt(x + 2);
        boolean light = drawn == '█' || drawn == ((y + 2) % 2 == 0 ? '▀' : '▄');
        assertThat(light).as("%d, %d", x, y).isNotEqualTo(code.getModule(x, y));
      }
    }
    assertThat(rows.getFirst()).matches("█+");
  }

  @Test
  void colours_make_it_right_on_every_background() {
    assertThat(QrText.of(LINK, true).lines())
        .allMatch(row -> row.startsWith("\u001b[97;40m") && row.endsWith("\u001b[0m"));
  }
}
