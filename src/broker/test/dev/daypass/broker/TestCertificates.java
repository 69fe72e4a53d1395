package dev.daypass.broker;

import dev.daypass.broker.pem.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Keys and certificates for tests.
public final class TestCertificates {
  public static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
  public static final Instant FAR_AWAY = Instant.parse("2099-12-31T23:59:59Z");

  private TestCertificates() {}

  /// A certificate, its key and its name.
  public record Issued(X500Name name, KeyPair pair, byte[] der) {
    public String pem() {
      return Pem.write("CERTIFICATE", der);
    }

    public String key() {
      return Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /// PKCS#1 or SEC 1: the key as it was written before PKCS#8.
    public String olderKey() throws IOException {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
      ASN1Encodable older =
          pair.getPrivate() instanceof ECPrivateKey key
              ? new org.bouncycastle.asn1.sec.ECPrivateKey(
                  key.getParams().getOrder().bitLength(),
                  key.getS(),
                  info.getPrivateKeyAlgorithm().getParameters())
              : info.parsePrivateKey();
      return Pem.write(
          pair.getPublic().getAlgorithm() + " PRIVATE KEY", older.toASN1Primitive().getEncoded());
    }

    public Issued issue(KeyPair subject) throws Exception {
      return TestCertificates.issue(this.name, this.pair, newName(), subject, LONG_AGO, FAR_AWAY);
    }
  }

  public static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  public static KeyPair ec(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  public static Issued selfSigned() throws Exception {
    return selfSigned(ec("secp256r1"));
  }

  public static Issued selfSigned(KeyPair pair) throws Exception {
    return selfSigned(pair, LONG_AGO, FAR_AWAY);
  }

  public static Issued selfSigned(KeyPair pair, Instant from, Instant to) throws Exception {
    X500Name name = newName();
    return issue(name, pair, name, pair, from, to);
  }

  private static X500Name newName() {
    return new X500Name("CN=" + UUID.randomUUID());
  }

  private static Issued issue(
      X500Name issuer, KeyPair by, X500Name subject, KeyPair pair, Instant from, Instant to)
      throws Exception {
    boolean rsa = by.getPublic().getAlgorithm().equals("RSA");
    AlgorithmIdentifier algorithm =
        rsa
            ? new AlgorithmIdentifier(
                PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE)
            : new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(from.getEpochSecond())));
    generator.setIssuer(issuer);
    generator.setSubject(subject);
    generator.setStartDate(new Time(Date.from(from)));
    generator.setEndDate(new Time(Date.from(to)));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    generator.setSignature(algorithm);
    TBSCertificate content = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(by.getPrivate());
    signature.update(content.getEncoded());
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(content);
    parts.add(algorithm);
    parts.add(new DERBitString(signature.sign()));
    return new Issued(subject, pair, new DERSequence(parts).getEncoded());
  }
}
