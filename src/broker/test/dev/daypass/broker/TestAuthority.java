package dev.daypass.broker;

import dev.daypass.broker.pem.Pem;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
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
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A certificate authority for tests: it issues whatever it is asked for, right or wrong.
final class TestAuthority {
  private static final AlgorithmIdentifier SHA1 =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha1WithRSAEncryption, DERNull.INSTANCE);

  /// A certificate and its key.
  record Certificate(byte[] der, KeyPair pair, BigInteger serialNumber, X500Name subject) {
    String pem() {
      return Pem.write("CERTIFICATE", der);
    }

    /// Issues with this one's name and key, whatever it may.
    Order issuing(String subjectName, KeyPair key) {
      return new Order(subject, pair.getPrivate(), new X500Name(subjectName), key);
    }
  }

  private TestAuthority() {}

  /// The certificate of an authority that signs its own.
  static Certificate root(String name, KeyPair pair) throws Exception {
    return new Order(new X500Name(name), pair.getPrivate(), new X500Name(name), pair)
        .authority(5)
        .issue();
  }

  static Certificate root() throws Exception {
    return root("CN=Root " + UUID.randomUUID(), TestCertificates.ec("secp256r1"));
  }

  /// What a certificate is to say.
  static final class Order {
    private final X500Name issuer;
    private final PrivateKey by;
    private final X500Name subject;
    private final KeyPair pair;
    private BigInteger serialNumber = new BigInteger(64, new java.security.SecureRandom());
    private Instant from = TestCertificates.LONG_AGO;
    private Instant to = TestCertificates.FAR_AWAY;
    private Optional<BasicConstraints> constraints = Optional.of(new BasicConstraints(false));
    private int usage = KeyUsage.digitalSignature;
    private List<GeneralName> names = List.of();
    private Optional<AlgorithmIdentifier> algorithm = Optional.empty();
    private boolean extended = true;

    private Order(X500Name issuer, PrivateKey by, X500Name subject, KeyPair pair) {
      this.issuer = issuer;
      this.by = by;
      this.subject = subject;
      this.pair = pair;
    }

    Order authority(int pathLength) {
      constraints = Optional.of(new BasicConstraints(pathLength));
      usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
      return this;
    }

    Order constraints(BasicConstraints said) {
      constraints = Optional.of(said);
      return this;
    }

    Order usage(int bits) {
      usage = bits;
      return this;
    }

    Order valid(Instant begin, Instant end) {
      from = begin;
      to = end;
      return this;
    }

    Order serialNumber(BigInteger number) {
      serialNumber = number;
      return this;
    }

    Order names(GeneralName... alternatives) {
      names = List.of(alternatives);
      return this;
    }

    Order withSha1() {
      algorithm = Optional.of(SHA1);
      return this;
    }

    /// Without extensions: of version 1.
    Order old() {
      extended = false;
      return this;
    }

    Certificate issue() throws Exception {
      AlgorithmIdentifier signedWith = algorithm.orElseGet(() -> algorithmOf(by));
      V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
      generator.setSerialNumber(new ASN1Integer(serialNumber));
      generator.setIssuer(issuer);
      generator.setSubject(subject);
      generator.setStartDate(new Time(Date.from(from)));
      generator.setEndDate(new Time(Date.from(to)));
      generator.setSubjectPublicKeyInfo(
          SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
      generator.setSignature(signedWith);
      if (extended) {
        generator.setExtensions(extensions());
      }
      byte[] der = signed(generator.generateTBSCertificate(), signedWith, by);
      return new Certificate(der, pair, serialNumber, subject);
    }

    private Extensions extensions() throws Exception {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      if (constraints.isPresent()) {
        extensions.addExtension(Extension.basicConstraints, true, constraints.get());
      }
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (!names.isEmpty()) {
        extensions.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      return extensions.generate();
    }
  }

  /// What an authority has revoked.
  static byte[] revocations(Certificate authority, Instant nextUpdate, BigInteger... revoked)
      throws Exception {
    AlgorithmIdentifier algorithm = algorithmOf(authority.pair().getPrivate());
    V2TBSCertListGenerator generator = new V2TBSCertListGenerator();
    generator.setIssuer(authority.subject());
    generator.setSignature(algorithm);
    generator.setThisUpdate(new Time(Date.from(TestCertificates.LONG_AGO)));
    generator.setNextUpdate(new Time(Date.from(nextUpdate)));
    for (BigInteger serialNumber : revoked) {
      generator.addCRLEntry(
          new ASN1Integer(serialNumber), new Time(Date.from(TestCertificates.LONG_AGO)), 1);
    }
    return signed(generator.generateTBSCertList(), algorithm, authority.pair().getPrivate());
  }

  private static byte[] signed(ASN1Encodable content, AlgorithmIdentifier algorithm, PrivateKey by)
      throws Exception {
    Signature signature = Signature.getInstance(nameOf(algorithm.getAlgorithm()));
    signature.initSign(by);
    signature.update(content.toASN1Primitive().getEncoded("DER"));
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(content);
    parts.add(algorithm);
    parts.add(new DERBitString(signature.sign()));
    return new DERSequence(parts).getEncoded("DER");
  }

  private static AlgorithmIdentifier algorithmOf(PrivateKey key) {
    return key.getAlgorithm().equals("RSA")
        ? new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE)
        : new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  }

  private static String nameOf(ASN1ObjectIdentifier algorithm) throws GeneralSecurityException {
    if (algorithm.equals(PKCSObjectIdentifiers.sha1WithRSAEncryption)) {
      return "SHA1withRSA";
    }
    return algorithm.equals(PKCSObjectIdentifiers.sha256WithRSAEncryption)
        ? "SHA256withRSA"
        : "SHA256withECDSA";
  }
}
