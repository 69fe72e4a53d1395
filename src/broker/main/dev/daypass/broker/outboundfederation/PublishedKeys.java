package dev.daypass.broker.outboundfederation;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyRing;
import dev.daypass.broker.signing.SigningKeys;
import jakarta.inject.Singleton;
import java.util.List;

/// The keys of tokens for services outside, each with its certificate (RFC 7517 §4.7).
@Singleton
final class PublishedKeys {
  private final SigningKeys keys;
  private volatile Document latest = Document.of(new KeyRing(List.of()));

  PublishedKeys(SigningKeys keys) {
    this.keys = keys;
  }

  /// The JWK set, with the key first that signs with ES384: there are services that look at no
  /// other. It is put together once for all that ask, until the keys change.
  String document() {
    KeyRing ring = keys.ring();
    Document document = latest;
    if (!document.ring().equals(ring)) {
      document = Document.of(ring);
      latest = document;
    }
    return document.text();
  }

  /// What is published of a ring.
  private record Document(KeyRing ring, String text) {
    static Document of(KeyRing ring) {
      return new Document(ring, set(ring).toString());
    }
  }

  /// The keys of a ring as they are published.
  static JWKSet set(KeyRing ring) {
    return new JWKSet(
        ring.published(WebIdentityTokens.KEYS).stream().map(PublishedKeys::certified).toList());
  }

  private static JWK certified(BrokerKey key) {
    byte[] certificate = KeyCertificate.of(key);
    List<Base64> chain = List.of(Base64.encode(certificate));
    Base64URL thumbprint = new Base64URL(Sha256.base64Url(certificate));
    return switch (key.publicKey().orElseThrow()) {
      case ECKey known ->
          new ECKey.Builder(known)
              .x509CertChain(chain)
              .x509CertSHA256Thumbprint(thumbprint)
              .build();
      case RSAKey known ->
          new RSAKey.Builder(known)
              .x509CertChain(chain)
              .x509CertSHA256Thumbprint(thumbprint)
              .build();
      case JWK other -> throw new IllegalStateException("no key for tokens: " + other.getKeyType());
    };
  }
}
