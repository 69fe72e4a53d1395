package dev.daypass.broker.sessions;

import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.daypass.wire.Secret;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.Provider;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The fastest Ed25519 (RFC 8032) of this computer: AWS-LC's, where Amazon Corretto Crypto Provider
/// is there and its library loads; else BouncyCastle's. The JDK's own is slower by far.
@Singleton
final class Ed25519 {
  private static final Logger LOG = Logger.getLogger(Ed25519.class);
  private static final String PROVIDER =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private final Optional<Provider> corretto;

  Ed25519() {
    this(found(PROVIDER));
  }

  /// With this provider, where it signs as BouncyCastle does.
  Ed25519(Optional<Provider> provider) {
    corretto = provider.filter(CorrettoEd25519::works);
  }

  void start(@Observes StartupEvent started) {
    LOG.infof("session tokens are signed by %s", name());
  }

  /// Whose it is.
  String name() {
    return corretto.map(Provider::getInfo).orElse("BouncyCastle");
  }

  JWSSigner signer(Secret seed) {
    return corretto
        .<JWSSigner>map(provider -> CorrettoEd25519.signer(provider, seed))
        .orElseGet(() -> new Ed25519Signer(seed));
  }

  JWSVerifier verifier(OctetKeyPair key) {
    return corretto
        .<JWSVerifier>map(provider -> CorrettoEd25519.verifier(provider, key))
        .orElseGet(() -> new Ed25519Verifier(key));
  }

  /// A provider by the name of its class: it is not there in native builds, nor for every computer.
  static Optional<Provider> found(String className) {
    try {
      return Optional.of((Provider) Class.forName(className).getConstructor().newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      LOG.debugf(e, "%s cannot be used", className);
      return Optional.empty();
    }
  }
}
