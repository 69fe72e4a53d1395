package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.KeyPair;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.xml.security.encryption.XMLCipher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssertionEncryptionModeType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlResponse;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.StsException;

/// Workers come with the assertion of their company's identity provider, as AWS documents it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SamlTest {
  private static final String INVALID = "InvalidIdentityToken";

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private IamClient iam;
  private StsClient sts;
  private SamlIdp idp;
  private String provider;
  private String role;

  @BeforeEach
  void begin() throws Exception {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
    sts = Sdk.sts(wire.server(), Key.ADMIN);
    with(SamlIdp.rsa());
  }

  private void with(SamlIdp made) {
    idp = made;
    provider =
        iam.createSAMLProvider(
                r -> r.name("p-" + UUID.randomUUID()).samlMetadataDocument(idp.metadata()))
            .samlProviderArn();
    role = trusting("");
  }

  private String trusting(String conditions) {
    return people.role(
        """
        {"Effect": "Allow", "Principal": {"Federated": "%s"},
         "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"],
         "Condition": {%s}}
        """
            .formatted(provider, conditions));
  }

  private AssumeRoleWithSamlResponse assume(String assertion) {
    return sts.assumeRoleWithSAML(
        r -> r.roleArn(role).principalArn(provider).samlAssertion(assertion));
  }

  /// The code of the refusal, or `OK`.
  private String code(String assertion) {
    return code(role, assertion);
  }

  private String code(String roleArn, String assertion) {
    return send(roleArn, provider, assertion).code();
  }

  private Reply send(String roleArn, String providerArn, String assertion) {
    String body =
        "Action=AssumeRoleWithSAML&Version=2011-06-15&RoleArn=%s&PrincipalArn=%s&SAMLAssertion=%s"
            .formatted(Wire.encode(roleArn), Wire.encode(providerArn), Wire.encode(assertion));
    return wire.send(
        HttpRequest.newBuilder(wire.server())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private SamlIdp.Told told() {
    return idp.told(role, provider);
  }

  private SamlIdp.Told told(Consumer<SamlIdp.Told> change) {
    SamlIdp.Told told = told();
    change.accept(told);
    return told;
  }

  @Test
  void a_signed_assertion_is_worth_a_session_of_a_role_that_trusts_the_provider() {
    AssumeRoleWithSamlResponse opened = assume(idp.signedAssertion(told()));

    assertThat(opened.subject()).isEqualTo("alice@example.com");
    assertThat(opened.subjectType()).isEqualTo("persistent");
    assertThat(opened.issuer()).isEqualTo(idp.entityId);
    assertThat(opened.audience()).isEqualTo(SamlIdp.RECIPIENT);
    assertThat(opened.nameQualifier()).hasSize(28);
    assertThat(opened.assumedRoleUser().arn()).endsWith("/alice");
    var credentials = opened.credentials();
    Key session =
        new Key(
            credentials.accessKeyId(),
            credentials.secretAccessKey(),
            Optional.of(credentials.sessionToken()));
    assertThat(Sdk.sts(wire.server(), session).getCallerIdentity().arn())
        .isEqualTo(opened.assumedRoleUser().arn());
  }

  @Test
  void so_is_one_in_a_signed_response_and_one_that_is_signed_twice() {
    Document twice = told().document();
    idp.sign(SamlIdp.only(twice, "Assertion"));
    idp.sign(SamlIdp.only(twice, "Response"));

    assertThat(assume(idp.signedResponse(told())).subject()).isEqualTo("alice@example.com");
    assertThat(assume(SamlIdp.encode(twice)).subject()).isEqualTo("alice@example.com");
  }

  @Test
  void elliptic_keys_sign_too() throws Exception {
    with(SamlIdp.ec());

    assertThat(assume(idp.signedAssertion(told())).issuer()).isEqualTo(idp.entityId);
  }

  @ParameterizedTest
  @ValueSource(strings = {XMLCipher.AES_128_GCM, XMLCipher.AES_256_GCM})
  void an_encrypted_assertion_is_opened_with_the_providers_key(String algorithm) throws Exception {
    KeyPair key = encrypted();
    Document document = told().document();
    idp.sign(SamlIdp.only(document, "Assertion"));
    document = SamlIdp.encrypt(document, key.getPublic(), algorithm);

    assertThat(assume(SamlIdp.encode(document)).subject()).isEqualTo("alice@example.com");
  }

  /// A provider that requires encryption, and the key to encrypt to.
  private KeyPair encrypted() throws Exception {
    var key = TestCertificates.selfSigned(TestCertificates.rsa(2048));
    provider =
        iam.createSAMLProvider(
                r ->
                    r.name("e-" + UUID.randomUUID())
                        .samlMetadataDocument(idp.metadata())
                        .assertionEncryptionMode(AssertionEncryptionModeType.REQUIRED)
                        .addPrivateKey(key.key()))
            .samlProviderArn();
    role = trusting("");
    return key.pair();
  }

  @Test
  void what_is_encrypted_without_authentication_counts_only_in_a_signed_response()
      throws Exception {
    KeyPair key = encrypted();
    Document alone = told().document();
    idp.sign(SamlIdp.only(alone, "Assertion"));
    alone = SamlIdp.encrypt(alone, key.getPublic(), XMLCipher.AES_128);
    Document whole = SamlIdp.encrypt(told().document(), key.getPublic(), XMLCipher.AES_128);
    idp.sign(SamlIdp.only(whole, "Response"));

    assertThat(code(SamlIdp.encode(alone))).isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(whole))).isEqualTo("OK");
  }

  @Test
  void where_encryption_is_required_nothing_in_the_clear_counts_nor_what_nobody_signed()
      throws Exception {
    KeyPair key = encrypted();
    Document unsigned = told().document();
    unsigned = SamlIdp.encrypt(unsigned, key.getPublic(), XMLCipher.AES_256_GCM);
    Document other = told().document();
    idp.sign(SamlIdp.only(other, "Assertion"));
    other = SamlIdp.encrypt(other, TestCertificates.rsa(2048).getPublic(), XMLCipher.AES_256_GCM);

    assertThat(code(idp.signedAssertion(told()))).isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(unsigned))).isEqualTo(INVALID);
    assertThat(code(SamlIdp.encode(other))).isEqualTo(INVALID);
  }

  @Test
  void attributes_become_tags_a_source_identity_and_conditions() {
    role =
        trusting(
            """
            "StringEquals": {"saml:aud": "http://localhost:8080/saml", "saml:iss": "%s",
              "saml:sub_type": "persistent", "saml:doc": "%s", "aws:RequestTag/team": "data",
              "sts:SourceIdentity": "alice.id", "saml:mail": "alice@example.com"},
            "ForAnyValue:StringEquals": {"saml:edupersonaffiliation": "staff"}
            """
                .formatted(
                    idp.entityId,
                    TestServers.ACCOUNT + "/" + provider.substring(provider.lastIndexOf('/') + 1)));
    SamlIdp.Told told =
        told(
            t ->
                t.aws("PrincipalTag:team", "data")
                    .aws("TransitiveTagKeys", "team")
                    .aws("SourceIdentity", "alice.id")
                    .attribute("urn:oid:0.9.2342.19200300.100.1.3", "alice@example.com")
                    .attribute("urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "member", "staff"));

    assertThat(code(idp.signedAssertion(told()))).isEqualTo("AccessDenied");
    assertThat(assume(idp.signedAssertion(told)).sourceIdentity()).isEqualTo("alice.id");
  }

  @Test
  void a_session_ends_with_the_providers_own() {
    var end =
        new TestClock().instant().plus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.SECONDS);

    var opened =
        assume(
            idp.signedAssertion(told(t -> t.sessionEnd = "SessionNotOnOrAfter=\"" + end + "\"")));

    assertThat(opened.credentials().expiration())
        .isBetween(end.minusSeconds(2), end.plusSeconds(1));
  }

  @Test
  void sessions_end_with_a_revocation_of_their_provider() {
    var opened = assume(idp.signedAssertion(told())).credentials();
    Key session =
        new Key(opened.accessKeyId(), opened.secretAccessKey(), Optional.of(opened.sessionToken()));
    assertThat(wire.sts(session, "GetCallerIdentity").code()).isEqualTo("OK");

    People.ok(wire.daypass(Key.ADMIN, "RevokeSessions", "Principal", provider));

    assertThat(wire.sts(session, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void an_assertion_is_traded_once_however_many_try_at_once() {
    String assertion = idp.signedAssertion(told());

    List<String> codes = Race.atOnce(20, _ -> send(role, provider, assertion));

    assertThat(Collections.frequency(codes, "OK")).as("%s", codes).isEqualTo(1);
    assertThat(Collections.frequency(codes, INVALID)).isEqualTo(19);
    assertThat(code(assertion)).isEqualTo(INVALID);
  }

  @Test
  void the_same_id_signed_again_is_used_too_and_a_refusal_uses_up_nothing() {
    SamlIdp.Told told = told();
    String elsewhere = people.role(People.trusting(people.user()));
    String assertion = idp.signedAssertion(told);

    assertThat(code(elsewhere, assertion)).isEqualTo("AccessDenied");
    assertThat(code(assertion)).isEqualTo("OK");
    assertThat(code(idp.signedResponse(told))).isEqualTo(INVALID);
  }

  @Test
  void a_role_that_the_assertion_does_not_offer_or_that_does_not_trust_is_refused() {
    String other = trusting("");
    String distrustful = people.role(People.trusting(people.user()));

    assertThatThrownBy(
            () ->
                sts.assumeRoleWithSAML(
                    r ->
                        r.roleArn(other)
                            .principalArn(provider)
                            .samlAssertion(idp.signedAssertion(told()))))
        .isInstanceOf(StsException.class)
        .hasMessageContaining("Not authorized to perform sts:AssumeRoleWithSAML");
    assertThat(code(distrustful, idp.signedAssertion(idp.told(distrustful, provider))))
        .isEqualTo("AccessDenied");
    String absent = "arn:aws:iam::" + TestServers.ACCOUNT + ":role/absent";
    assertThat(code(absent, idp.signedAssertion(idp.told(absent, provider))))
        .isEqualTo("AccessDenied");
  }

  @Test
  void what_is_late_early_or_for_others_is_refused() {
    assertThatThrownBy(
            () ->
                assume(
                    idp.signedAssertion(
                        told(
                            t -> {
                              t.issuedAt = t.issuedAt.minusSeconds(301);
                              t.good = Duration.ofHours(1);
                            }))))
        .isInstanceOf(ExpiredTokenException.class)
        .hasMessageContaining("within 5 minutes");
    assertThat(code(idp.signedAssertion(told(t -> t.issuedAt = t.issuedAt.plusSeconds(90)))))
        .isEqualTo(INVALID);
    assertThat(code(idp.signedAssertion(told(t -> t.good = Duration.ZERO))))
        .isEqualTo("ExpiredTokenException");
    assertThat(
            code(
                idp.signedAssertion(
                    told(t -> t.notBefore = "NotBefore=\"" + t.issuedAt.plusSeconds(90) + "\""))))
        .isEqualTo(INVALID);
    assertThat(code(idp.signedAssertion(told(t -> t.audience = "https://other.example.com"))))
        .isEqualTo(INVALID);
    assertThat(
            code(
                idp.signedAssertion(
                    told(
                        t ->
                            t.conditions =
                                "<saml:AudienceRestriction><saml:Audience>x</saml:Audience>"
                                    + "</saml:AudienceRestriction>"))))
        .isEqualTo(INVALID);
    assertThat(
            code(
                idp.signedAssertion(told(t -> t.recipient = "https://signin.aws.amazon.com/saml"))))
        .isEqualTo(INVALID);
    assertThat(code(idp.signedAssertion(told(t -> t.issuer = "https://evil.example.com"))))
        .isEqualTo(INVALID);
    assertThat(code(idp.signedAssertion(told(t -> t.status = "urn:x:Failed")))).isEqualTo(INVALID);
  }

  @Test
  void attributes_that_are_not_as_they_should_be_are_refused() {
    SamlIdp.Told unnamed = told();
    unnamed.attributes.removeLast();

    assertThatThrownBy(() -> assume(idp.signedAssertion(unnamed)))
        .isInstanceOf(InvalidIdentityTokenException.class)
        .hasMessageContaining("RoleSessionName is required");
    unnamed.aws("RoleSessionName", "a b");
    assertThat(code(idp.signedAssertion(unnamed))).isEqualTo(INVALID);
    assertThat(code(idp.signedAssertion(told(t -> t.aws("PrincipalTag:t", "a", "b")))))
        .isEqualTo("IDPRejectedClaim");
    assertThat(code(idp.signedAssertion(told(t -> t.aws("PrincipalTag:aws:t", "a")))))
        .isEqualTo("InvalidParameterValue");
    assertThat(code(idp.signedAssertion(told(t -> t.aws("SourceIdentity", "a b")))))
        .isEqualTo("IDPRejectedClaim");
    assertThat(code(idp.signedAssertion(told(t -> t.nameId = "")))).isEqualTo(INVALID);
    assertThat(code(idp.signedAssertion(told(t -> t.nameId = "x".repeat(2000)))))
        .isEqualTo(INVALID);
  }

  @Test
  void a_provider_that_is_gone_of_another_account_or_no_longer_valid_vouches_for_nobody() {
    String assertion = idp.signedAssertion(told());
    String absent = provider + "x";
    String elsewhere = provider.replace(TestServers.ACCOUNT, "444455556666");

    assertThat(send(role, absent, idp.signedAssertion(idp.told(role, absent))).code())
        .isEqualTo(INVALID);
    assertThat(send(role, elsewhere, idp.signedAssertion(idp.told(role, elsewhere))).code())
        .isEqualTo(INVALID);
    iam.deleteSAMLProvider(r -> r.samlProviderArn(provider));
    assertThat(code(assertion)).isEqualTo(INVALID);
  }

  @Test
  void a_comment_does_not_cut_a_name_short() {
    Document document =
        told(t -> t.nameId = "alice@example.com<!-- -->.evil.example.com").document();
    idp.sign(SamlIdp.only(document, "Assertion"));

    assertThat(assume(SamlIdp.encode(document)).subject())
        .isEqualTo("alice@example.com.evil.example.com");
  }

  /// The element as the wrapped one of an attacker: who is somebody else.
  static Element forged(Document document, Element assertion) {
    Element forged = (Element) assertion.cloneNode(true);
    forged.setAttribute("ID", "_forged");
    forged
        .getElementsByTagNameNS(SamlIdp.ASSERTION, "NameID")
        .item(0)
        .setTextContent("administrator");
    var signatures =
        forged.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature");
    while (signatures.getLength() > 0) {
      signatures.item(0).getParentNode().removeChild(signatures.item(0));
    }
    return forged;
  }
}
