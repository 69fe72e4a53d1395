package dev.daypass.broker.samlproviders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.Metadata;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is metadata of an identity provider, and what whoever means ill sends instead.
@Timeout(20)
class MetadataReaderTest {
  private static final String ISSUER = "https://idp.example.com/saml";
  private static final String SIGNING =
      Metadata.key("use=\"signing\"", Metadata.certificate("signing"));

  private static void assertRefused(String document, String why) {
    assertThatThrownBy(() -> MetadataReader.read(document))
        .isInstanceOf(MalformedMetadata.class)
        .hasMessageContaining(why);
  }

  private static String keys(String keys) {
    return Metadata.document(ISSUER, "", keys);
  }

  @Test
  void the_issuer_and_its_certificate_are_read() throws Exception {
    SamlMetadata read = MetadataReader.read(Metadata.document(ISSUER));

    assertThat(read.entityId()).isEqualTo(ISSUER);
    assertThat(read.signingCertificates())
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=idp.example.com");
    assertThat(read.validUntil()).isEmpty();
  }

  @Test
  void keys_without_a_use_sign_and_keys_for_encryption_do_not() throws Exception {
    SamlMetadata read =
        MetadataReader.read(
            keys(
                SIGNING
                    + Metadata.key("", Metadata.certificate("next"))
                    + Metadata.key("use=\"encryption\"", Metadata.certificate("ec"))
                    + SIGNING));

    assertThat(read.signingCertificates())
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=idp.example.com", "CN=next.example.com");
  }

  @Test
  void a_key_on_an_elliptic_curve_signs() throws Exception {
    assertThat(
            MetadataReader.read(keys(Metadata.key("use=\"signing\"", Metadata.certificate("ec"))))
                .signingCertificates())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2040-01-02T03:04:05Z, 2040-01-02T03:04:05Z",
    "2040-01-02T03:04:05.678Z, 2040-01-02T03:04:05.678Z",
    "2040-01-02T03:04:05, 2040-01-02T03:04:05Z",
    "2040-01-02T03:04:05+01:00, 2040-01-02T02:04:05Z"
  })
  void the_validity_is_read_in_every_form(String written, Instant meant) throws Exception {
    String document = Metadata.document(ISSUER, "validUntil=\"" + written + "\"", SIGNING);

    assertThat(MetadataReader.read(document).validUntil()).contains(meant);
  }

  @Test
  void the_earliest_validity_counts() throws Exception {
    String document =
        Metadata.document(ISSUER, "validUntil=\"2040-01-01T00:00:00Z\"", SIGNING)
            .replace(
                "<md:IDPSSODescriptor ",
                "<md:IDPSSODescriptor validUntil=\"2039-01-01T00:00:00Z\" ");

    assertThat(MetadataReader.read(document).validUntil())
        .contains(Instant.parse("2039-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "",
        "2040-01-02",
        "2040-13-02T03:04:05Z",
        "+99999-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2040-01-02T03:04:05Z[Europe/Paris]"
      })
  void a_validity_that_is_no_time(String written) {
    assertRefused(
        Metadata.document(ISSUER, "validUntil=\"" + written + "\"", SIGNING),
        "A validUntil is no time.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a&#10;b"})
  void an_entity_without_a_proper_id(String id) {
    assertRefused(Metadata.document(id), "Its entityID is missing");
    assertRefused(Metadata.document("x".repeat(1025)), "Its entityID is missing");
    assertRefused(Metadata.document("x").replace("entityID=", "other="), "Its entityID is missing");
  }

  @Test
  void another_root() {
    String document = Metadata.document(ISSUER);

    assertRefused(
        document.replace("EntityDescriptor", "EntitiesDescriptor"), "no EntityDescriptor");
    assertRefused(
        document.replace(":SAML:2.0:metadata", ":SAML:1.0:metadata"), "no EntityDescriptor");
    assertRefused("<html>" + "x".repeat(1000) + "</html>", "no EntityDescriptor");
  }

  @Test
  void no_identity_provider() {
    String document = Metadata.document(ISSUER);

    assertRefused(document.replace("IDPSSODescriptor", "SPSSODescriptor"), "no IDPSSODescriptor");
    assertRefused(
        document.replace("SAML:2.0:protocol", "SAML:1.0:protocol"), "no IDPSSODescriptor");
    assertRefused(
        document.replace("protocolSupportEnumeration", "otherEnumeration"), "no IDPSSODescriptor");
  }

  @Test
  void no_certificate_where_it_must_be() {
    assertRefused(keys(""), "no certificate");
    assertRefused(
        keys(Metadata.key("use=\"encryption\"", Metadata.certificate("signing"))),
        "no certificate");
    assertRefused(keys(SIGNING.replace("X509Data", "KeyValue")), "no certificate");
    assertRefused(keys(SIGNING.replace("ds:KeyInfo", "md:KeyInfo")), "no certificate");
    assertRefused(keys("<md:Extensions>" + SIGNING + "</md:Extensions>"), "no certificate");
    assertRefused(keys(Metadata.key("use=\"any\"", Metadata.certificate("signing"))), "a use");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weak", "ed"})
  void a_certificate_of_a_weak_or_unknown_key(String name) {
    assertRefused(
        keys(SIGNING + Metadata.key("use=\"signing\"", Metadata.certificate(name))),
        "A certificate for signatures is none");
  }

  @Test
  void a_certificate_that_is_none() {
    String good = Metadata.certificate("signing");

    for (String bad :
        new String[] {
          "",
          "!!!!",
          "AAAA",
          good.substring(0, 400),
          good.strip() + "AAAA",
          "-----BEGIN CERTIFICATE-----\n" + good + "-----END CERTIFICATE-----",
          "<b>" + good + "</b>"
        }) {
      assertThatThrownBy(() -> MetadataReader.read(keys(Metadata.key("", bad))))
          .as(bad)
          .isInstanceOf(MalformedMetadata.class);
    }
  }

  @Test
  void more_certificates_than_anybody_needs() {
    assertRefused(keys(SIGNING.repeat(21)), "more than 20 certificates");
  }

  @Test
  void another_encoding_than_utf_8() {
    assertRefused(Metadata.document(ISSUER).replace("UTF-8", "UTF-16"), "It must be in UTF-8.");
    assertRefused(Metadata.document(ISSUER).replace("UTF-8", "ISO-8859-1"), "It must be in UTF-8.");
    assertRefused("\uFEFF" + Metadata.document(ISSUER), "no well-formed XML");
  }

  @Test
  void what_is_no_xml_at_all() {
    String document = Metadata.document(ISSUER);

    assertRefused("x".repeat(1000), "no well-formed XML");
    assertRefused("<?xml version=\"1.0\"?>", "no well-formed XML");
    assertRefused(document.substring(0, document.length() - 10), "no well-formed XML");
    assertRefused(document + document, "no well-formed XML");
    assertRefused(document + "more", "no well-formed XML");
    assertRefused(document.replace("Example<", "Exam\0ple<"), "no well-formed XML");
  }

  private static String withDoctype(String doctype) {
    return Metadata.document(ISSUER).replace("<!-- As", doctype + "<!-- As");
  }

  @Test
  void a_billion_laughs() {
    StringBuilder entities = new StringBuilder("<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      entities.append("<!ENTITY l%d \"%s\">".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
    }
    String document =
        withDoctype("<!DOCTYPE md:EntityDescriptor [" + entities + "]>")
            .replace("Example<", "&l29;<");

    assertRefused(document, "no document type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x>",
        "<!DOCTYPE x [<!ENTITY e 'idp'>]>",
        "<!DOCTYPE x [<!ATTLIST md:EntityDescriptor entityID CDATA 'other'>]>",
        "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">"
      })
  void a_document_type_of_any_kind(String doctype) {
    assertRefused(withDoctype(doctype), "no document type");
  }

  @Test
  void nobody_is_asked_for_an_external_entity() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      String address = "http://127.0.0.1:%d/".formatted(server.getLocalPort());
      CompletableFuture<Void> called = CompletableFuture.runAsync(() -> accept(server));

      for (String doctype :
          new String[] {
            "<!DOCTYPE x SYSTEM \"%s\">",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\">]>",
            "<!DOCTYPE x [<!ENTITY %% e SYSTEM \"%s\"> %%e;]>"
          }) {
        String document = withDoctype(doctype.formatted(address)).replace("Example<", "&e;<");
        assertRefused(document, "no document type");
      }

      assertThatThrownBy(() -> called.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    }
  }

  private static void accept(ServerSocket server) {
    try {
      server.accept().close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_entity_that_nobody_declared() {
    assertThatThrownBy(
            () -> MetadataReader.read(Metadata.document(ISSUER).replace("Example<", "&e;<")))
        .isInstanceOf(MalformedMetadata.class);
  }

  @Test
  void elements_within_each_other_without_end() {
    String deep = "<a>".repeat(30_000);

    assertRefused(Metadata.document(ISSUER, "", SIGNING + deep), "too deep");
    assertRefused(
        Metadata.document(ISSUER).replace("<!-- As", deep + "<!-- As"), "no EntityDescriptor");
  }

  @Test
  void as_many_attributes_as_fit() {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      attributes.append(" a").append(i).append("=\"\"");
    }

    assertRefused(Metadata.document(ISSUER, attributes.toString(), SIGNING), "no well-formed XML");
  }

  @Test
  void the_largest_document_takes_no_time() throws Exception {
    String comment = "<!--" + " x".repeat(120_000) + "-->";
    long began = System.nanoTime();

    MetadataReader.read(Metadata.document(ISSUER, "", SIGNING + comment));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
  }
}
