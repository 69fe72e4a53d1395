package dev.daypass.broker.signing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of one moment.
public record KeyRing(List<BrokerKey> keys) {
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
    return published(EnumSet.allOf(KeyPurpose.class));
  }

  /// The same, of the keys for these purposes.
  public JWKSet published(Set<KeyPurpose> purposes) {
    List<JWK> published =
        keys.stream()
            .filter(key -> key.state() != KeyState.RETIRED && purposes.contains(key.purpose()))
            .flatMap(key -> key.publicKey().stream())
            .toList();
    return new JWKSet(published);
  }
}
