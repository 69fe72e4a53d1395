package dev.daypass.broker.outboundfederation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.KeyRing;
import dev.daypass.broker.signing.KeyState;
import dev.daypass.wire.Secret;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static KeyRing ring = new KeyRing(List.of());

  @BeforeAll
  static void make() throws Exception {
    ring = new KeyRing(List.of(rsa("r1"), elliptic("e1")));
  }

  private static BrokerKey elliptic(String id) throws Exception {
    var pair = new ECKeyGenerator(Curve.P_384).keyID(id).algorithm(JWSAlgorithm.ES384).generate();
    return key(
        id,
        KeyPurpose.WEB_IDENTITY_TOKEN_ES384,
        pair.toPublicJWK(),
        Secret.of(pair.toECPrivateKey().getEncoded()));
  }

  private static BrokerKey rsa(String id) throws Exception {
    var pair = new RSAKeyGenerator(2048).keyID(id).algorithm(JWSAlgorithm.RS256).generate();
    return key(
        id,
        KeyPurpose.WEB_IDENTITY_TOKEN_RS256,
        pair.toPublicJWK(),
        Secret.of(pair.toRSAPrivateKey().getEncoded()));
  }

  private static BrokerKey key(String id, KeyPurpose purpose, JWK known, Secret secret) {
    return new BrokerKey(
        id,
        purpose,
        KeyState.ACTIVE,
        Optional.of(known),
        secret,
        MADE,
        Optional.of(MADE),
        Optional.empty());
  }

  /// As those read it who fetch it.
  private static List<JWK> read() throws Exception {
    return JWKSet.parse(PublishedKeys.set(ring).toString()).getKeys();
  }

  private static X509Certificate certificate(JWK key) {
    assertThat(key.getParsedX509CertChain()).hasSize(1);
    return key.getParsedX509CertChain().getFirst();
  }

  @Test
  void the_key_for_es384_is_the_first() throws Exception {
    assertThat(read()).extracting(JWK::getKeyID).containsExactly("e1", "r1");
    assertThat(read()).noneMatch(JWK::isPrivate);
  }

  @Test
  void the_key_in_the_certificate_is_the_key_beside_it() throws Exception {
    for (JWK key : read()) {
      assertThat(certificate(key).getPublicKey()).isEqualTo(((AsymmetricJWK) key).toPublicKey());
      assertThat(((AsymmetricJWK) key).matches(certificate(key))).isTrue();
    }
  }

  @Test
  void a_certificate_is_signed_with_its_own_key_as_tokens_are() throws Exception {
    for (JWK key : read()) {
      X509Certificate certificate = certificate(key);

      certificate.verify(certificate.getPublicKey());

      assertThat(certificate.getSigAlgName())
          .isEqualTo(key.getKeyID().equals("e1") ? "SHA384withECDSA" : "SHA256withRSA");
    }
  }

  @Test
  void a_certificate_has_the_keys_name_and_is_good_while_the_key_is() throws Exception {
    for (JWK key : read()) {
      X509Certificate certificate = certificate(key);

      assertThat(certificate.getSubjectX500Principal().getName())
          .isEqualTo("CN=" + key.getKeyID())
          .isEqualTo(certificate.getIssuerX500Principal().getName());
      certificate.checkValidity(Date.from(MADE));
      certificate.checkValidity(Date.from(Instant.parse("9999-12-31T23:59:59Z")));
      assertThat(certificate.getNotBefore()).isEqualTo("2026-01-01T00:00:00Z");
    }
  }

  @Test
  void a_certificate_signs_tokens_and_no_certificates() throws Exception {
    for (JWK key : read()) {
      X509Certificate certificate = certificate(key);

      assertThat(certificate.getVersion()).isEqualTo(3);
      assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
      assertThat(certificate.getKeyUsage())
          .containsExactly(true, false, false, false, false, false, false, false, false);
      assertThat(certificate.getCriticalExtensionOIDs())
          .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    }
  }

  @Test
  void its_thumbprint_is_the_certificates() throws Exception {
    for (JWK key : read()) {
      assertThat(key.getX509CertSHA256Thumbprint())
          .isEqualTo(new Base64URL(Sha256.base64Url(certificate(key).getEncoded())));
    }
  }

  @Test
  void every_broker_makes_the_same_bytes_wherever_it_runs() {
    String here = PublishedKeys.set(ring).toString();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("th-TH-u-ca-buddhist-nu-thai"));

      assertThat(PublishedKeys.set(ring)).hasToString(here);
    } finally {
      Locale.setDefault(before);
    }
  }
}
