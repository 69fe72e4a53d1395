package dev.daypass.broker.webidentity;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An issuer's keys (RFC 7517), those that can verify a signature of an algorithm we take. A key
/// that is something else, or is not understood, is left out: it can only prove less.
record KeySet(List<JWK> keys) {
  private static final int MOST_KEYS = 100;
  private static final int MOST_TRIED = 4;
  private static final int SHORTEST_RSA = 2048;
  private static final int LONGEST_RSA = 8192;
  private static final int LONGEST_EXPONENT = 64;

  /// SPIFFE marks its keys so (JWT-SVID §4.2).
  private static final String JWT_SVID = "jwt-svid";

  private static final Map<JWSAlgorithm, Curve> CURVES =
      Map.of(
          JWSAlgorithm.ES256,
          Curve.P_256,
          JWSAlgorithm.ES384,
          Curve.P_384,
          JWSAlgorithm.ES512,
          Curve.P_521);

  private static final Set<JWSAlgorithm> RSA =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512);

  KeySet {
    keys = List.copyOf(keys);
  }

  /// Reads a JWK set; fails with `IllegalArgumentException` where it is none, or has no key that
  /// can be used.
  static KeySet parse(String text) {
    List<JWK> usable = new ArrayList<>();
    JsonArray keys = new JsonObject(text).getJsonArray("keys", new JsonArray());
    if (keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException("a JWK set has more than %d keys".formatted(MOST_KEYS));
    }
    for (Object key : keys) {
      if (key instanceof JsonObject object) {
        parse(object).ifPresent(usable::add);
      }
    }
    if (usable.isEmpty()) {
      throw new IllegalArgumentException("a JWK set has no key that can be used");
    }
    return new KeySet(usable);
  }

  private static Optional<JWK> parse(JsonObject object) {
    try {
      // Certificates are not what is trusted here, and not worth their parsing.
      List.of("x5c", "x5u", "x5t", "x5t#S256").forEach(object::remove);
      return Optional.of(JWK.parse(object.encode())).filter(KeySet::usable).map(JWK::toPublicJWK);
    } catch (ParseException | IllegalArgumentException | IllegalStateException _) {
      return Optional.empty();
    }
  }

  private static boolean usable(JWK key) {
    KeyUse use = key.getKeyUse();
    boolean signs =
        use == null || use.equals(KeyUse.SIGNATURE) || use.identifier().equals(JWT_SVID);
    return signs
        && switch (key) {
          case RSAKey rsa -> sized(rsa);
          case ECKey ec -> CURVES.containsValue(ec.getCurve());
          case OctetKeyPair pair -> pair.getCurve().equals(Curve.Ed25519);
          default -> false;
        };
  }

  private static boolean sized(RSAKey key) {
    int bits = key.getModulus().decodeToBigInteger().bitLength();
    return bits >= SHORTEST_RSA
        && bits <= LONGEST_RSA
        && key.getPublicExponent().decodeToBigInteger().bitLength() <= LONGEST_EXPONENT;
  }

  /// Whether tokens of this algorithm are taken at all: signatures with public keys, and never
  /// `none`, nor anything with a shared secret.
  static boolean takes(JWSAlgorithm algorithm) {
    return RSA.contains(algorithm)
        || CURVES.containsKey(algorithm)
        || algorithm.equals(JWSAlgorithm.EdDSA)
        || algorithm.equals(JWSAlgorithm.Ed25519);
  }

  /// The keys that may have signed: of this id where the token names one, and of a kind that the
  /// algorithm is for.
  List<JWK> of(JWSAlgorithm algorithm, Optional<String> id) {
    return keys.stream()
        .filter(key -> id.isEmpty() || id.get().equals(key.getKeyID()))
        .filter(key -> fits(key, algorithm))
        .limit(MOST_TRIED)
        .toList();
  }

  private static boolean fits(JWK key, JWSAlgorithm algorithm) {
    Algorithm only = key.getAlgorithm();
    if (only != null && !only.equals(algorithm)) {
      return false;
    }
    return switch (key) {
      case RSAKey _ -> RSA.contains(algorithm);
      case ECKey ec -> ec.getCurve().equals(CURVES.get(algorithm));
      default -> algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519);
    };
  }
}
