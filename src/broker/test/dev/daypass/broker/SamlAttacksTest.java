package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// What attackers make of responses that they have, or that they write themselves. Each begins with
/// what a provider really signed.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SamlAttacksTest {
  private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
  private static final String INVALID = "InvalidIdentityToken";

  @TestHTTPResource URI server;
  private Wire wire;
  private SamlIdp idp;
  private String provider;
  private String role;

  @BeforeEach
  void begin() throws Exception {
    wire = new Wire(server.getPort());
    idp = SamlIdp.rsa();
    provider =
        Sdk.iam(wire.server())
            .createSAMLProvider(
                r -> r.name("p-" + UUID.randomUUID()).samlMetadataDocument(idp.metadata()))
            .samlProviderArn();
    role =
        new People(wire)
            .role(
                """
                {"Effect": "Allow", "Principal": {"Federated": "%s"},
                 "Action": "sts:AssumeRoleWithSAML"}
                """
                    .formatted(provider));
  }

  private String code(String assertion) {
    String body =
        "Action=AssumeRoleWithSAML&Version=2011-06-15&RoleArn=%s&PrincipalArn=%s&SAMLAssertion=%s"
            .formatted(Wire.encode(role), Wire.encode(provider), Wire.encode(assertion));
    return wire.send(
            HttpRequest.newBuilder(wire.server())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)))
        .code();
  }

  private SamlIdp.Told told() {
    return idp.told(role, provider);
  }

  private record Signed(Document document, Element response, Element assertion) {
    Element signature() {
      return (Element) document.getElementsByTagNameNS(SIGNATURE, "Signature").item(0);
    }

    Element extensions() {
      Element extensions = document.createElementNS(SamlIdp.PROTOCOL, "samlp:Extensions");
      response.appendChild(extensions);
      return extensions;
    }
  }

  private Signed signed(String element) {
    Document document = told().document();
    idp.sign(SamlIdp.only(document, element));
    return new Signed(
        document, SamlIdp.only(document, "Response"), SamlIdp.only(document, "Assertion"));
  }

  /// The eight of "On Breaking SAML: Be Whoever You Want to Be" (2012), and relatives.
  private static final Map<String, BiConsumer<Signed, Element>> WRAPPINGS =
      Map.ofEntries(
          Map.entry(
              "the signed response within the signature of a forged one",
              (signed, _) -> {
                Element copy = (Element) signed.response().cloneNode(true);
                copy.removeChild(copy.getElementsByTagNameNS(SIGNATURE, "Signature").item(0));
                signed.response().setAttribute("ID", "_forged");
                name(signed.assertion(), "administrator");
                signed.signature().appendChild(copy);
              }),
          Map.entry(
              "the signed response beside the signature of a forged one",
              (signed, _) -> {
                Element copy = (Element) signed.response().cloneNode(true);
                copy.removeChild(copy.getElementsByTagNameNS(SIGNATURE, "Signature").item(0));
                signed.response().setAttribute("ID", "_forged");
                name(signed.assertion(), "administrator");
                signed.response().insertBefore(copy, signed.signature());
              }),
          Map.entry(
              "a forged assertion before the signed one",
              (signed, forged) -> signed.response().insertBefore(forged, signed.assertion())),
          Map.entry(
              "the signed assertion within the forged one",
              (signed, forged) -> {
                signed.response().replaceChild(forged, signed.assertion());
                forged.appendChild(signed.assertion());
              }),
          Map.entry(
              "a forged assertion after the signed one",
              (signed, forged) -> signed.response().appendChild(forged)),
          Map.entry(
              "the signed assertion within the signature, moved to the forged one",
              (signed, forged) -> {
                Element signature = signed.signature();
                signed.response().replaceChild(forged, signed.assertion());
                signed.assertion().removeChild(signature);
                forged.insertBefore(signature, forged.getFirstChild().getNextSibling());
                signature.appendChild(signed.assertion());
              }),
          Map.entry(
              "the signed assertion in extensions",
              (signed, forged) -> {
                signed.response().replaceChild(forged, signed.assertion());
                signed.extensions().appendChild(signed.assertion());
              }),
          Map.entry(
              "the signed assertion in an object of the signature",
              (signed, forged) -> {
                Element signature = signed.signature();
                signed.response().replaceChild(forged, signed.assertion());
                signed.assertion().removeChild(signature);
                forged.insertBefore(signature, forged.getFirstChild().getNextSibling());
                Element object = signed.document().createElementNS(SIGNATURE, "ds:Object");
                object.appendChild(signed.assertion());
                signature.appendChild(object);
              }),
          Map.entry(
              "a forged assertion of the same ID, first",
              (signed, forged) -> {
                forged.setAttribute("ID", signed.assertion().getAttribute("ID"));
                signed.response().insertBefore(forged, signed.assertion());
              }),
          Map.entry(
              "the signature of the assertion put to the response",
              (signed, forged) -> {
                Element signature = signed.signature();
                signed.assertion().removeChild(signature);
                name(signed.assertion(), "administrator");
                signed.response().setAttribute("ID", signed.assertion().getAttribute("ID"));
                signed.assertion().setAttribute("ID", "_other");
                signed.response().insertBefore(signature, signed.response().getFirstChild());
              }));

  private static void name(Element assertion, String name) {
    assertion.getElementsByTagNameNS(SamlIdp.ASSERTION, "NameID").item(0).setTextContent(name);
  }

  @TestFactory
  Stream<DynamicTest> wrapped() {
    return WRAPPINGS.entrySet().stream()
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.getKey(),
                    () -> {
                      Signed signed =
                          signed(
                              attack.getKey().startsWith("the signed response")
                                  ? "Response"
                                  : "Assertion");
                      assertThat(code(idp.signedAssertion(told()))).isEqualTo("OK");

                      attack
                          .getValue()
                          .accept(signed, SamlTest.forged(signed.document(), signed.assertion()));

                      assertThat(code(SamlIdp.encode(signed.document()))).isEqualTo(INVALID);
                    }));
  }

  @Test
  void what_was_changed_after_it_was_signed() {
    Signed named = signed("Assertion");
    name(named.assertion(), "administrator");
    Signed attributed = signed("Response");
    attributed
        .assertion()
        .getElementsByTagNameNS(SamlIdp.ASSERTION, "AttributeValue")
        .item(1)
        .setTextContent("root");

    assertThat(code(SamlIdp.encode(named.document()))).isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(attributed.document()))).isEqualTo(INVALID);
  }

  @Test
  void what_nobody_signed_or_somebody_else() throws Exception {
    SamlIdp other = SamlIdp.rsa();
    Document document = told().document();
    other.sign(SamlIdp.only(document, "Assertion"));
    Document half = told().document();
    idp.sign(SamlIdp.only(half, "Assertion"));
    other.sign(SamlIdp.only(half, "Response"));

    assertThat(code(SamlIdp.encode(told().document()))).isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(document))).isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(half)))
        .as("each signature there is must be right")
        .isEqualTo(INVALID);
  }

  @Test
  void a_key_that_the_signature_brings_along() throws Exception {
    SamlIdp other = SamlIdp.rsa();
    Document document = told().document();
    other.sign(SamlIdp.only(document, "Assertion"));
    String keyed =
        SamlIdp.text(document)
            .replace(
                "</SignatureValue>",
                "</SignatureValue><KeyInfo><X509Data><X509Certificate>"
                    + Base64.getEncoder().encodeToString(other.certificate.der())
                    + "</X509Certificate></X509Data></KeyInfo>");

    assertThat(keyed).contains("X509Certificate");
    assertThat(code(SamlIdp.encode(keyed))).isEqualTo(INVALID);
  }

  @Test
  void weak_and_confused_algorithms() {
    var key = idp.certificate.pair().getPrivate();
    Document sha1 = told().document();
    SamlIdp.sign(
        SamlIdp.only(sha1, "Assertion"),
        key,
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        DigestMethod.SHA256);
    Document digest = told().document();
    SamlIdp.sign(SamlIdp.only(digest, "Assertion"), key, SamlIdp.RSA_SHA256, DigestMethod.SHA1);
    Document hmac = told().document();
    SamlIdp.sign(
        SamlIdp.only(hmac, "Assertion"),
        new SecretKeySpec(idp.certificate.pair().getPublic().getEncoded(), "HmacSHA256"),
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        DigestMethod.SHA256);

    assertThat(
            List.of(
                code(SamlIdp.encode(sha1)),
                code(SamlIdp.encode(digest)),
                code(SamlIdp.encode(hmac))))
        .containsOnly(INVALID);
  }

  @Test
  void transforms_that_leave_out_what_is_read() {
    Signed signed = signed("Assertion");
    String text = SamlIdp.text(signed.document());
    String xpath =
        text.replace(
            "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
            "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><XPath>false()</XPath></Transform>");
    String xslt =
        text.replace(
            "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
            "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>");
    Document base64 = told().document();
    SamlIdp.sign(
        SamlIdp.only(base64, "Assertion"),
        idp.certificate.pair().getPrivate(),
        SamlIdp.RSA_SHA256,
        DigestMethod.SHA256,
        List.of(Transform.ENVELOPED, Transform.ENVELOPED));

    assertThat(xpath).isNotEqualTo(text);
    assertThat(code(SamlIdp.encode(xpath))).isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(xslt))).isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(base64))).isEqualTo(INVALID);
  }

  @Test
  void references_to_elsewhere() {
    String text = SamlIdp.text(signed("Assertion").document());

    for (String uri : List.of("", "http://127.0.0.1:1/x", "file:///etc/passwd", "#_other")) {
      String changed = text.replaceAll("URI=\"#[^\"]*\"", "URI=\"" + uri + "\"");
      assertThat(changed).isNotEqualTo(text);
      assertThat(code(SamlIdp.encode(changed))).as(uri).isEqualTo(INVALID);
    }
  }

  @Test
  void entities_document_types_and_bombs() {
    String text = SamlIdp.text(signed("Assertion").document());
    String laughs =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    String deep = "<a>".repeat(9000) + "</a>".repeat(9000);

    assertThat(code(SamlIdp.encode("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + text)))
        .isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(laughs + text.replace("alice@example.com", "&c;"))))
        .isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(deep))).isEqualTo(INVALID);
    assertThat(
            code(
                SamlIdp.encode(
                    text.replace("<samlp:Status>", deep.substring(0, 6000) + "<samlp:Status>"))))
        .isEqualTo(INVALID);
  }

  @Test
  void what_is_no_response_at_all() {
    String assertion = SamlIdp.text(signed("Assertion").assertion());

    for (String xml : List.of("", "x", "<a/>", assertion, "<?xml version=\"1.0\"?>")) {
      assertThat(code(SamlIdp.encode(xml + " ".repeat(4)))).as(xml).isEqualTo(INVALID);
    }
    assertThat(code("====")).isEqualTo(INVALID);
    assertThat(code("\u00e4\u00e4\u00e4\u00e4")).isEqualTo(INVALID);
    assertThat(code("A".repeat(100_001))).isEqualTo("ValidationError");
  }

  @Test
  void a_second_subject_or_issuer_within_the_signed_assertion_is_not_chosen_from() {
    Document document = told().document();
    Element assertion = SamlIdp.only(document, "Assertion");
    Element subject =
        (Element) assertion.getElementsByTagNameNS(SamlIdp.ASSERTION, "Subject").item(0);
    assertion.appendChild(subject.cloneNode(true));
    idp.sign(assertion);

    assertThat(code(SamlIdp.encode(document))).isEqualTo(INVALID);
  }
}
