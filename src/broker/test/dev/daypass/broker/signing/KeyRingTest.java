package dev.daypass.broker.signing;

import static dev.daypass.broker.signing.KeyPurpose.WEB_IDENTITY_TOKEN_ES384;
import static dev.daypass.broker.signing.KeyPurpose.WEB_IDENTITY_TOKEN_RS256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.wire.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static BrokerKey key(String id, KeyPurpose purpose, KeyState state, int day) {
    return new BrokerKey(
        id,
        purpose,
        state,
        Optional.empty(),
        Secret.of(id),
        BEGIN.plusSeconds(86_400L * day),
        Optional.empty(),
        Optional.empty());
  }

  private static List<String> published(List<BrokerKey> keys, Set<KeyPurpose> purposes) {
    return new KeyRing(keys).published(purposes).stream().map(BrokerKey::id).toList();
  }

  @Test
  void the_keys_that_issue_are_published_first_however_the_database_has_them() {
    List<BrokerKey> keys =
        new ArrayList<>(
            List.of(
                key("e-next", WEB_IDENTITY_TOKEN_ES384, KeyState.NEXT, 3),
                key("e-active", WEB_IDENTITY_TOKEN_ES384, KeyState.ACTIVE, 2),
                key("e-former", WEB_IDENTITY_TOKEN_ES384, KeyState.VERIFY_ONLY, 1),
                key("e-oldest", WEB_IDENTITY_TOKEN_ES384, KeyState.VERIFY_ONLY, 0),
                key("e-gone", WEB_IDENTITY_TOKEN_ES384, KeyState.RETIRED, 0),
                key("r-next", WEB_IDENTITY_TOKEN_RS256, KeyState.NEXT, 3),
                key("r-active", WEB_IDENTITY_TOKEN_RS256, KeyState.ACTIVE, 3),
                key("s-active", KeyPurpose.SESSION_TOKEN, KeyState.ACTIVE, 3)));
    Random chance = new Random(1);

    for (int i = 0; i < 100; i++) {
      Collections.shuffle(keys, chance);

      assertThat(published(keys, EnumSet.of(WEB_IDENTITY_TOKEN_ES384, WEB_IDENTITY_TOKEN_RS256)))
          .containsExactly("e-active", "r-active", "e-next", "r-next", "e-former", "e-oldest");
    }
  }

  @Test
  void keys_made_in_the_same_instant_have_one_order() {
    BrokerKey one = key("1", WEB_IDENTITY_TOKEN_ES384, KeyState.VERIFY_ONLY, 0);
    BrokerKey two = key("2", WEB_IDENTITY_TOKEN_ES384, KeyState.VERIFY_ONLY, 0);
    Set<KeyPurpose> purpose = Set.of(WEB_IDENTITY_TOKEN_ES384);

    assertThat(published(List.of(two, one), purpose))
        .isEqualTo(published(List.of(one, two), purpose));
  }
}
