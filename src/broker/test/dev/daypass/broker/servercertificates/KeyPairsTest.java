package dev.daypass.broker.servercertificates;

import static java.math.BigInteger.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.daypass.broker.TestCertificates;
import dev.daypass.broker.TestCertificates.Issued;
import dev.daypass.broker.pem.Pem;
import dev.daypass.broker.pem.X509;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever bytes come, they are a key or a certificate, or they are refused.
class KeyPairsTest {
  private static final int TIMES = 3000;

  private final Random random = new Random(17);

  private byte[] changed(byte[] bytes) {
    byte[] changed = bytes.clone();
    for (int i = 0; i <= random.nextInt(3); i++) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    }
    return changed;
  }

  @Test
  void changed_certificates_and_keys_never_fail_in_another_way() throws Exception {
    Issued rsa = TestCertificates.selfSigned(TestCertificates.rsa(1024));
    Issued ec = TestCertificates.selfSigned();
    for (int i = 0; i < TIMES; i++) {
      Issued issued = i % 2 == 0 ? rsa : ec;
      String form = i % 4 < 2 ? issued.key() : issued.olderKey();
      Pem key = Pem.one(form).orElseThrow();
      String body = Pem.write("CERTIFICATE", changed(issued.der()));
      String secret = Pem.write(key.label(), changed(key.content()));

      assertThatCode(() -> look(body, secret, issued)).doesNotThrowAnyException();
    }
  }

  private static void look(String body, String secret, Issued issued) {
    var certificate = X509.one(body);
    certificate.ifPresent(X509::sha256);
    certificate.ifPresent(is -> X509.issued(is, is));
    KeyPairs.privateKey(secret)
        .ifPresent(
            key -> {
              KeyPairs.match(issued.pair().getPublic(), key);
              certificate.ifPresent(is -> KeyPairs.match(is.getPublicKey(), key));
            });
  }

  @Test
  void keys_are_recognised_in_every_form() throws Exception {
    Issued ec = TestCertificates.selfSigned();

    for (String form : new String[] {ec.key(), ec.olderKey()}) {
      assertThat(KeyPairs.privateKey(form))
          .hasValueSatisfying(
              key -> assertThat(KeyPairs.match(ec.pair().getPublic(), key)).isTrue());
    }
  }

  /// What does not look for primes does not find out that these are none.
  @Test
  void the_longest_key_is_looked_at_in_no_time() throws Exception {
    BigInteger e = BigInteger.valueOf(65537);
    BigInteger p = factor(e);
    BigInteger q = factor(e);
    BigInteger d = e.modInverse(p.subtract(ONE).multiply(q.subtract(ONE)));
    KeyFactory factory = KeyFactory.getInstance("RSA");
    PublicKey open = factory.generatePublic(new RSAPublicKeySpec(p.multiply(q), e));
    byte[] secret =
        factory
            .generatePrivate(new RSAPrivateCrtKeySpec(p.multiply(q), e, d, p, q, d, d, ONE))
            .getEncoded();

    assertTimeout(
        Duration.ofSeconds(1),
        () -> {
          var read = KeyPairs.privateKey(Pem.write("PRIVATE KEY", secret));
          assertThat(KeyPairs.match(open, read.orElseThrow())).isTrue();
        });
  }

  private BigInteger factor(BigInteger e) {
    BigInteger factor;
    do {
      factor = new BigInteger(8192, random).setBit(8191).setBit(8190).setBit(0);
    } while (!factor.subtract(ONE).gcd(e).equals(ONE));
    return factor;
  }
}
