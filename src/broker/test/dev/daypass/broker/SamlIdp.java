package dev.daypass.broker;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.KeyGenerator;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.keys.KeyInfo;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// A SAML identity provider. It signs with the JDK's own XML signatures, and not with the library
/// that the broker checks them with.
public final class SamlIdp {
  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String RECIPIENT = "http://localhost:8080/saml";
  static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  static final String ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

  final String entityId = "https://idp.example.com/" + UUID.randomUUID();
  final TestCertificates.Issued certificate;

  private SamlIdp(TestCertificates.Issued certificate) {
    this.certificate = certificate;
  }

  static SamlIdp rsa() throws Exception {
    return new SamlIdp(TestCertificates.selfSigned(TestCertificates.rsa(2048)));
  }

  static SamlIdp ec() throws Exception {
    return new SamlIdp(TestCertificates.selfSigned());
  }

  String metadata() {
    return Metadata.document(
        entityId,
        "",
        Metadata.key("use=\"signing\"", Base64.getMimeEncoder().encodeToString(certificate.der())));
  }

  private String algorithm() {
    return certificate.pair().getPrivate().getAlgorithm().equals("RSA") ? RSA_SHA256 : ECDSA_SHA256;
  }

  /// What a response says; a test changes what it is about.
  static final class Told {
    String id = "_" + UUID.randomUUID();
    String responseId = "_" + UUID.randomUUID();
    String issuer;
    String nameId = "alice@example.com";
    String format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    String audience = "urn:amazon:webservices";
    String recipient = RECIPIENT;
    String status = "urn:oasis:names:tc:SAML:2.0:status:Success";
    Instant issuedAt = new TestClock().instant().truncatedTo(ChronoUnit.SECONDS);
    Duration good = Duration.ofMinutes(5);
    String notBefore = "";
    String sessionEnd = "";
    String conditions = "";
    final List<String> attributes = new ArrayList<>();

    private Told(String issuer) {
      this.issuer = issuer;
    }

    Told attribute(String name, String... values) {
      StringBuilder text = new StringBuilder("<saml:Attribute Name=\"%s\">".formatted(name));
      for (String value : values) {
        text.append("<saml:AttributeValue>").append(value).append("</saml:AttributeValue>");
      }
      attributes.add(text + "</saml:Attribute>");
      return this;
    }

    Told aws(String name, String... values) {
      return attribute("https://aws.amazon.com/SAML/Attributes/" + name, values);
    }

    String assertion() {
      return """
          <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="%s" Version="2.0" \
          IssueInstant="%s"><saml:Issuer>%s</saml:Issuer><saml:Subject>\
          <saml:NameID Format="%s">%s</saml:NameID>\
          <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
          <saml:SubjectConfirmationData NotOnOrAfter="%s" Recipient="%s"/>\
          </saml:SubjectConfirmation></saml:Subject><saml:Conditions %s NotOnOrAfter="%s">%s\
          <saml:AudienceRestriction><saml:Audience>%s</saml:Audience></saml:AudienceRestriction>\
          </saml:Conditions><saml:AuthnStatement AuthnInstant="%s" %s><saml:AuthnContext>\
          <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password\
          </saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>\
          <saml:AttributeStatement>%s</saml:AttributeStatement></saml:Assertion>"""
          .formatted(
              id,
              issuedAt,
              issuer,
              format,
              nameId,
              issuedAt.plus(good),
              recipient,
              notBefore,
              issuedAt.plus(good),
              conditions,
              audience,
              issuedAt,
              sessionEnd,
              String.join("", attributes));
    }

    String response() {
      return """
          <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="%s" \
          Version="2.0" IssueInstant="%s" Destination="%s"><saml:Issuer \
          xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">%s</saml:Issuer><samlp:Status>\
          <samlp:StatusCode Value="%s"/></samlp:Status>%s</samlp:Response>"""
          .formatted(responseId, issuedAt, recipient, issuer, status, assertion());
    }

    Document document() {
      return parse(response());
    }
  }

  /// A response for a role by way of a provider.
  Told told(String role, String provider) {
    return new Told(entityId).aws("Role", role + "," + provider).aws("RoleSessionName", "alice");
  }

  static Document parse(String xml) {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static Element only(Document document, String name) {
    return (Element)
        document
            .getElementsByTagNameNS(name.equals("Response") ? PROTOCOL : ASSERTION, name)
            .item(0);
  }

  String signedAssertion(Told told) {
    Document document = told.document();
    sign(only(document, "Assertion"));
    return encode(document);
  }

  String signedResponse(Told told) {
    Document document = told.document();
    sign(only(document, "Response"));
    return encode(document);
  }

  void sign(Element element) {
    sign(element, certificate.pair().getPrivate(), algorithm(), DigestMethod.SHA256);
  }

  static void sign(Element element, Key key, String algorithm, String digest) {
    sign(element, key, algorithm, digest, List.of(Transform.ENVELOPED));
  }

  static void sign(
      Element element, Key key, String algorithm, String digest, List<String> transforms) {
    try {
      element.setIdAttribute("ID", true);
      XMLSignatureFactory xml = XMLSignatureFactory.getInstance("DOM");
      List<Transform> all = new ArrayList<>();
      for (String transform : transforms) {
        all.add(xml.newTransform(transform, (TransformParameterSpec) null));
      }
      all.add(xml.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null));
      var reference =
          xml.newReference(
              "#" + element.getAttribute("ID"), xml.newDigestMethod(digest, null), all, null, null);
      var info =
          xml.newSignedInfo(
              xml.newCanonicalizationMethod(
                  CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
              xml.newSignatureMethod(algorithm, null),
              List.of(reference));
      Node afterIssuer = element.getFirstChild().getNextSibling();
      DOMSignContext context = new DOMSignContext(key, element, afterIssuer);
      context.setProperty("org.jcp.xml.dsig.secureValidation", false);
      xml.newXMLSignature(info, null).sign(context);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// The response with its assertion, signed or not, in an envelope for the holder of a key.
  static Document encrypt(Document document, java.security.PublicKey to, String algorithm) {
    try {
      Init.init();
      Element assertion = only(document, "Assertion");
      KeyGenerator keys = KeyGenerator.getInstance("AES");
      keys.init(algorithm.contains("256") ? 256 : 128);
      Key key = keys.generateKey();
      XMLCipher wrapper = XMLCipher.getInstance(XMLCipher.RSA_OAEP);
      wrapper.init(XMLCipher.WRAP_MODE, to);
      EncryptedKey wrapped = wrapper.encryptKey(document, key);
      XMLCipher cipher = XMLCipher.getInstance(algorithm);
      cipher.init(XMLCipher.ENCRYPT_MODE, key);
      EncryptedData data = cipher.getEncryptedData();
      KeyInfo info = new KeyInfo(document);
      info.add(wrapped);
      data.setKeyInfo(info);
      Element envelope = document.createElementNS(ASSERTION, "saml:EncryptedAssertion");
      assertion.getParentNode().replaceChild(envelope, assertion);
      envelope.appendChild(assertion);
      cipher.doFinal(document, assertion);
      return parse(text(document));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String encode(Document document) {
    return encode(text(document));
  }

  static String encode(String xml) {
    return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Node node) {
    try {
      StringWriter text = new StringWriter();
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(new DOMSource(node), new StreamResult(text));
      return text.toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
