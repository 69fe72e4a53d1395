package dev.daypass.broker.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.wire.Secret;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

/// Whoever does it, there is one right signature.
class Ed25519Test {
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.EdDSA);

  private final Random random = new Random(25519);
  private final Ed25519 fastest = new Ed25519();
  private final Ed25519 bouncyCastle = new Ed25519(Optional.empty());

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static OctetKeyPair published(byte[] seed) {
    byte[] x = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).build();
  }

  @Test
  void aws_lc_signs_where_its_library_is_for_this_computer() {
    assumeThat(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .isEqualTo("Linux amd64");

    assertThat(fastest.name()).startsWith("AmazonCorrettoCryptoProvider");
    assertThat(bouncyCastle.name()).isEqualTo("BouncyCastle");
  }

  @Test
  void every_one_makes_the_same_signature_and_takes_the_others() throws Exception {
    for (int i = 0; i < 200; i++) {
      byte[] seed = bytes(32);
      byte[] message = bytes(i * 7);
      Base64URL signature = fastest.signer(Secret.of(seed)).sign(HEADER, message);

      assertThat(bouncyCastle.signer(Secret.of(seed)).sign(HEADER, message)).isEqualTo(signature);
      assertThat(fastest.verifier(published(seed)).verify(HEADER, message, signature)).isTrue();
      assertThat(bouncyCastle.verifier(published(seed)).verify(HEADER, message, signature))
          .isTrue();
    }
  }

  @Test
  void one_signer_signs_many_messages_at_once_each_as_if_it_were_the_only_one() {
    byte[] seed = bytes(32);
    JWSSigner signer = fastest.signer(Secret.of(seed));
    List<byte[]> messages = IntStream.range(0, 500).mapToObj(this::bytes).toList();

    assertThat(messages.parallelStream().map(message -> signature(signer, message)).toList())
        .isEqualTo(
            messages.stream()
                .map(message -> signature(bouncyCastle.signer(Secret.of(seed)), message))
                .toList());
  }

  private static Base64URL signature(JWSSigner signer, byte[] message) {
    try {
      return signer.sign(HEADER, message);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothing_else_is_taken() throws Exception {
    byte[] seed = bytes(32);
    byte[] message = bytes(100);
    byte[] right = fastest.signer(Secret.of(seed)).sign(HEADER, message).decode();
    var verifier = fastest.verifier(published(seed));

    for (int bit = 0; bit < right.length * 8; bit++) {
      byte[] wrong = right.clone();
      wrong[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(verifier.verify(HEADER, message, Base64URL.encode(wrong)))
          .as("bit " + bit)
          .isFalse();
    }
    for (int length : new int[] {0, 1, 63, 65, 128}) {
      assertThat(verifier.verify(HEADER, message, Base64URL.encode(new byte[length]))).isFalse();
    }
    assertThat(verifier.verify(HEADER, bytes(100), Base64URL.encode(right))).isFalse();
    assertThat(verifier.verify(new JWSHeader(JWSAlgorithm.ES256), message, Base64URL.encode(right)))
        .isFalse();
    assertThatThrownBy(
            () -> fastest.signer(Secret.of(seed)).sign(new JWSHeader(JWSAlgorithm.ES256), message))
        .isInstanceOf(JOSEException.class);
  }

  @Test
  void without_a_provider_that_works_bouncy_castle_signs() {
    Provider without = Security.getProvider("SUN");

    assertThat(new Ed25519(Optional.of(without)).name()).isEqualTo("BouncyCastle");
    assertThat(Ed25519.found("no.such.Provider")).isEmpty();
  }
}
