package dev.daypass.broker.outboundfederation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/// The certificate that a key issues to itself, for services that take keys from certificates
/// alone. It vouches for nothing more than the key beside it does. Every broker makes the same
/// bytes of the same key, at any time, so that its thumbprint is one.
final class KeyCertificate {
  /// "No well-defined expiration date" (RFC 5280 §4.1.2.5): a key is good while it is published.
  private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  /// Of an issuer that is the key itself, and issues nothing else.
  private static final ASN1Integer SERIAL = new ASN1Integer(1);

  private KeyCertificate() {}

  /// In DER.
  static byte[] of(BrokerKey key) {
    boolean elliptic = key.purpose() == KeyPurpose.WEB_IDENTITY_TOKEN_ES384;
    AlgorithmIdentifier algorithm =
        elliptic
            ? new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384)
            : new AlgorithmIdentifier(
                PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
    try {
      TBSCertificate content = content(key, algorithm);
      byte[] signature = sign(key, elliptic ? ecdsa() : rsa(), content.getEncoded());
      ASN1Encodable[] parts = {content, algorithm, new DERBitString(signature)};
      return new DERSequence(parts).getEncoded();
    } catch (IOException | JOSEException | CryptoException e) {
      throw new IllegalStateException("a stored key does not sign", e);
    }
  }

  private static TBSCertificate content(BrokerKey key, AlgorithmIdentifier algorithm)
      throws IOException, JOSEException {
    X500Name name = new X500Name("CN=" + key.id());
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(SERIAL);
    generator.setIssuer(name);
    generator.setSubject(name);
    generator.setStartDate(time(key.createdAt()));
    generator.setEndDate(time(NEVER));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(publicKey(key).getEncoded()));
    generator.setSignature(algorithm);
    generator.setExtensions(extensions());
    return generator.generateTBSCertificate();
  }

  private static Time time(Instant instant) {
    return new Time(Date.from(instant), Locale.ROOT);
  }

  private static PublicKey publicKey(BrokerKey key) throws JOSEException {
    return ((AsymmetricJWK) key.publicKey().orElseThrow()).toPublicKey();
  }

  private static Extensions extensions() throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    return extensions.generate();
  }

  private static byte[] sign(BrokerKey key, Signer signer, byte[] content)
      throws IOException, CryptoException {
    signer.init(true, PrivateKeyFactory.createKey(key.secret().reveal()));
    signer.update(content, 0, content.length);
    return signer.generateSignature();
  }

  /// Without chance (RFC 6979): the JDK's would sign otherwise each time.
  private static Signer ecdsa() {
    ECDSASigner ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA384Digest()));
    return new DSADigestSigner(ecdsa, new SHA384Digest(), StandardDSAEncoding.INSTANCE);
  }

  private static Signer rsa() {
    return new RSADigestSigner(new SHA256Digest());
  }
}
