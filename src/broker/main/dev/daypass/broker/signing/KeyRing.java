package dev.daypass.broker.signing;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of one moment.
public record KeyRing(List<BrokerKey> keys) {
  /// A key's place never hangs on chance: there are those who look at the first key alone.
  private static final Comparator<BrokerKey> AS_PUBLISHED =
      Comparator.comparing((BrokerKey key) -> key.state() != KeyState.ACTIVE)
          .thenComparing(BrokerKey::state)
          .thenComparing(BrokerKey::purpose)
          .thenComparing(BrokerKey::createdAt, Comparator.reverseOrder())
          .thenComparing(BrokerKey::id);

  public KeyRing {
    keys = List.copyOf(keys);
  }

  /// The key that issues for this purpose.
  public BrokerKey active(KeyPurpose purpose) {
    return keys.stream()
        .filter(key -> key.purpose() == purpose && key.state() == KeyState.ACTIVE)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no active key for " + purpose));
  }

  /// The key of this purpose and id, if what it issued is still honoured.
  public Optional<BrokerKey> find(KeyPurpose purpose, String id) {
    return keys.stream()
        .filter(key -> key.purpose() == purpose && key.id().equals(id))
        .filter(key -> key.state() != KeyState.RETIRED)
        .findFirst();
  }

  /// What everyone may know: the public halves of all keys that may sign or have signed.
  public JWKSet published() {
    return new JWKSet(
        published(EnumSet.allOf(KeyPurpose.class)).stream()
            .flatMap(key -> key.publicKey().stream())
            .toList());
  }

  /// The keys for these purposes that may sign or have signed: first those that issue, then those
  /// that will, then those that did.
  public List<BrokerKey> published(Set<KeyPurpose> purposes) {
    return keys.stream()
        .filter(key -> key.state() != KeyState.RETIRED && purposes.contains(key.purpose()))
        .sorted(AS_PUBLISHED)
        .toList();
  }
}
