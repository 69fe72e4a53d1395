package dev.daypass.broker.saml;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import dev.daypass.broker.samlproviders.AssertingParty;
import dev.daypass.wire.Secret;
import java.util.Base64;
import java.util.List;
import org.apache.xml.security.utils.Constants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Finds in a response the one assertion that its provider signed, alone or with the whole
/// response. What is not expected where it is makes the whole response worthless: that is what
/// signature wrapping lives on.
final class VerifiedResponse {
  private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
  private static final String VERSION = "2.0";
  private static final String ASSERTION = "Assertion";
  private static final String ENCRYPTED = "EncryptedAssertion";

  private VerifiedResponse() {}

  /// The assertion; `InvalidIdentityToken` where there is none that counts.
  ///
  /// @param keys what an assertion may be encrypted to, PKCS #8
  static Element assertion(String base64, AssertingParty party, List<Secret> keys) {
    Document document = Xml.parse(decode(base64));
    Element response = document.getDocumentElement();
    checkResponse(response);
    Xml.identify(document);
    boolean whole = Signatures.signed(response, party.signingCertificates());
    decrypt(response, party, keys, whole);
    Element assertion = only(document, response);
    boolean alone = Signatures.signed(assertion, party.signingCertificates());
    if (!whole && !alone) {
      throw INVALID_IDENTITY_TOKEN.error("Response signature invalid");
    }
    return assertion;
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("[ \\t\\r\\n]", ""));
    } catch (IllegalArgumentException _) {
      throw INVALID_IDENTITY_TOKEN.error("Invalid base64 SAMLResponse");
    }
  }

  private static void checkResponse(Element response) {
    boolean successful =
        Xml.isOf(response, Xml.PROTOCOL, "Response")
            && Xml.attribute(response, "Version").filter(VERSION::equals).isPresent()
            && Xml.child(response, Xml.PROTOCOL, "Status")
                .flatMap(status -> Xml.child(status, Xml.PROTOCOL, "StatusCode"))
                .flatMap(code -> Xml.attribute(code, "Value"))
                .filter(SUCCESS::equals)
                .isPresent();
    if (!successful) {
      throw INVALID_IDENTITY_TOKEN.error("The SAMLResponse is no successful response of SAML 2.0.");
    }
  }

  private static void decrypt(
      Element response, AssertingParty party, List<Secret> keys, boolean whole) {
    List<Element> encrypted = Xml.children(response, Xml.ASSERTION, ENCRYPTED);
    if (encrypted.size() == 1) {
      Decryption.open(encrypted.getFirst(), keys, whole);
      Xml.identify(response.getOwnerDocument());
    } else if (party.encryptionRequired()) {
      throw INVALID_IDENTITY_TOKEN.error("The provider requires that assertions are encrypted.");
    }
  }

  /// The one assertion there is, a child of the response; and signatures only on these two.
  private static Element only(Document document, Element response) {
    List<Element> assertions = Xml.all(document, Xml.ASSERTION, ASSERTION);
    boolean one =
        assertions.size() == 1
            && assertions.getFirst().getParentNode() == response
            && Xml.all(document, Xml.ASSERTION, ENCRYPTED).isEmpty()
            && Xml.all(document, Xml.PROTOCOL, "Response").size() == 1;
    if (!one) {
      throw INVALID_IDENTITY_TOKEN.error("The SAMLResponse must have exactly one assertion.");
    }
    Element assertion = assertions.getFirst();
    boolean strange =
        Xml.all(document, Xml.SIGNATURE, Constants._TAG_SIGNATURE).stream()
            .map(Element::getParentNode)
            .anyMatch(parent -> parent != response && parent != assertion);
    if (strange) {
      throw INVALID_IDENTITY_TOKEN.error("Response signature invalid");
    }
    return assertion;
  }
}
