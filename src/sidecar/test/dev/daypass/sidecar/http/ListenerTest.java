package dev.daypass.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.sidecar.TestSidecar;
import dev.daypass.sidecar.address.Addresses;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ListenerTest {
  @Test
  void what_goes_wrong_inside_is_logged_and_not_told() throws Exception {
    List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    try (Listener listener =
        Listener.start(
            Addresses.parse("127.0.0.1:0"),
            _ ->
                _ -> {
                  throw new IllegalStateException("the inside");
                },
            faults::add)) {
      var reply = TestSidecar.get(listener.address().getPort(), "/v1/credentials");

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body()).contains("InternalFailure").doesNotContain("inside");
      assertThat(faults).hasSize(1);
    }
  }
}
