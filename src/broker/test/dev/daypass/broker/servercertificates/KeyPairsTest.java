package dev.daypass.broker.servercertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.daypass.broker.TestCertificates;
import dev.daypass.broker.TestCertificates.Issued;
import dev.daypass.broker.pem.Pem;
import dev.daypass.broker.pem.X509;
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
}
