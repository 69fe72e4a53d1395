package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.CredentialHelper.Draft;
import dev.daypass.broker.TestAuthority.Certificate;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What somebody would try who has a certificate, or none.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RolesAnywhereAttacksTest {
  private static final String UNTRUSTED = "Untrusted certificate. ";

  @TestHTTPResource URI server;
  private People people;
  private Anywhere anywhere;
  private Certificate root;
  private Certificate good;
  private String anchorArn;
  private String role;
  private CredentialHelper helper;

  @BeforeEach
  void begin() throws Exception {
    Wire wire = new Wire(server.getPort());
    people = new People(wire);
    anywhere = new Anywhere(wire);
    root = TestAuthority.root();
    anchorArn = anywhere.trustAnchor(root).getString("trustAnchorArn");
    role = people.role(Anywhere.trusting(anchorArn, ""));
    helper = helper(anchorArn, anywhere.profile(new JsonObject(), role));
    good = leaf("CN=good").issue();
    // Others have been refused from this address.
    TestClock.forward(Duration.ofMinutes(1));
    assertThat(helper.session(good, role).status()).isEqualTo(201);
  }

  private CredentialHelper helper(String anchor, JsonObject profile) {
    return new CredentialHelper(
        URI.create("http://127.0.0.1:%d/".formatted(server.getPort())),
        anchor,
        profile.getString("profileArn"));
  }

  private TestAuthority.Order leaf(String name) throws Exception {
    return root.issuing(name, TestCertificates.ec("secp256r1"));
  }

  private void assertUntrusted(Certificate certificate, String why) {
    assertRefused(helper.session(certificate, role), "AccessDeniedException", UNTRUSTED + why);
  }

  private static void assertRefused(Reply reply, String code, String message) {
    assertThat(reply.body()).doesNotContain("accessKeyId");
    assertThat(reply.code()).as(reply.body()).isEqualTo(code);
    assertThat(reply.message()).isEqualTo(message);
  }

  @Test
  void a_certificate_counts_in_its_time_only() throws Exception {
    Instant now = new TestClock().instant();

    assertUntrusted(
        leaf("CN=late").valid(TestCertificates.LONG_AGO, now.minusSeconds(2)).issue(),
        "It, or one in its chain, has expired.");
    assertUntrusted(
        leaf("CN=early").valid(now.plusSeconds(60), TestCertificates.FAR_AWAY).issue(),
        "It, or one in its chain, is not valid yet.");
  }

  @Test
  void an_anchor_that_expired_vouches_for_nobody() throws Exception {
    Instant soon = new TestClock().instant().plus(Duration.ofMinutes(5));
    KeyPair pair = TestCertificates.ec("secp256r1");
    Certificate other = TestAuthority.root("CN=Ending", pair);
    Certificate ending =
        other
            .issuing("CN=Ending", pair)
            .authority(1)
            .valid(TestCertificates.LONG_AGO, soon)
            .issue();
    String arn = anywhere.trustAnchor(ending).getString("trustAnchorArn");
    String trusting = people.role(Anywhere.trusting(arn, ""));
    CredentialHelper here = helper(arn, anywhere.profile(new JsonObject(), trusting));
    Certificate leaf = ending.issuing("CN=x", TestCertificates.ec("secp256r1")).issue();
    assertThat(here.session(leaf, trusting).status()).isEqualTo(201);

    TestClock.forward(Duration.ofMinutes(6));

    assertRefused(
        here.session(leaf, trusting),
        "AccessDeniedException",
        UNTRUSTED + "The certificate of the trust anchor is not valid now.");
  }

  @Test
  void only_end_entities_sign_requests() throws Exception {
    String why =
        "It must be of version 3, with basic constraints CA: false and key usage digitalSignature.";

    assertUntrusted(leaf("CN=ca").authority(0).issue(), why);
    assertUntrusted(
        leaf("CN=ca")
            .constraints(new BasicConstraints(true))
            .usage(KeyUsage.digitalSignature)
            .issue(),
        why);
    assertUntrusted(leaf("CN=usage").usage(KeyUsage.keyEncipherment).issue(), why);
    assertUntrusted(
        leaf("CN=usage").usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign).issue(), why);
    assertUntrusted(leaf("CN=old").old().issue(), why);
    assertUntrusted(root, why);
  }

  @Test
  void another_authority_of_the_same_name_is_another() throws Exception {
    Certificate impostor =
        TestAuthority.root(root.subject().toString(), TestCertificates.ec("secp256r1"));
    Certificate leaf = impostor.issuing("CN=good", TestCertificates.ec("secp256r1")).issue();

    assertUntrusted(leaf, "The trust anchor did not issue it.");
    assertRefused(
        helper.session(leaf, role, draft -> draft.chain = List.of(impostor)),
        "AccessDeniedException",
        UNTRUSTED + "The trust anchor did not issue it.");
    assertRefused(
        helper.session(leaf, role, draft -> draft.chain = List.of(impostor, root)),
        "AccessDeniedException",
        UNTRUSTED + "The trust anchor did not issue it.");
  }

  @Test
  void an_end_entity_issues_nothing() throws Exception {
    Certificate forged = good.issuing("CN=forged", TestCertificates.ec("secp256r1")).issue();
    Certificate asAuthority =
        good.issuing("CN=forged", TestCertificates.ec("secp256r1")).authority(3).issue();
    Certificate below = asAuthority.issuing("CN=below", TestCertificates.ec("secp256r1")).issue();

    for (Reply reply :
        List.of(
            helper.session(forged, role, draft -> draft.chain = List.of(good)),
            helper.session(below, role, draft -> draft.chain = List.of(asAuthority, good)))) {
      assertRefused(reply, "AccessDeniedException", UNTRUSTED + "Its chain does not hold.");
    }
  }

  @Test
  void chains_are_no_longer_than_their_authorities_allow() throws Exception {
    Certificate narrow =
        root.issuing("CN=Narrow", TestCertificates.ec("secp256r1")).authority(0).issue();
    Certificate below =
        narrow.issuing("CN=Below", TestCertificates.ec("secp256r1")).authority(0).issue();
    Certificate leaf = below.issuing("CN=leaf", TestCertificates.ec("secp256r1")).issue();
    assertRefused(
        helper.session(leaf, role, draft -> draft.chain = List.of(below, narrow)),
        "AccessDeniedException",
        UNTRUSTED + "Its chain does not hold.");

    KeyPair pair = TestCertificates.ec("secp256r1");
    Certificate flat =
        TestAuthority.root("CN=Flat", pair).issuing("CN=Flat", pair).authority(0).issue();
    String arn = anywhere.trustAnchor(flat).getString("trustAnchorArn");
    String trusting = people.role(Anywhere.trusting(arn, ""));
    Certificate between =
        flat.issuing("CN=Between", TestCertificates.ec("secp256r1")).authority(0).issue();
    Certificate deep = between.issuing("CN=deep", TestCertificates.ec("secp256r1")).issue();
    assertRefused(
        helper(arn, anywhere.profile(new JsonObject(), trusting))
            .session(deep, trusting, draft -> draft.chain = List.of(between)),
        "AccessDeniedException",
        UNTRUSTED + "Its chain is longer than the trust anchor allows.");
  }

  @Test
  void weak_keys_and_signatures_count_for_nothing() throws Exception {
    String weak = "Its key or signature, or one in its chain, is too weak.";
    KeyPair rsa = TestCertificates.rsa(2048);
    Certificate rsaRoot = TestAuthority.root("CN=RSA", rsa);
    String arn = anywhere.trustAnchor(rsaRoot).getString("trustAnchorArn");
    String trusting = people.role(Anywhere.trusting(arn, ""));
    CredentialHelper here = helper(arn, anywhere.profile(new JsonObject(), trusting));

    assertRefused(
        here.session(
            rsaRoot.issuing("CN=sha1", TestCertificates.rsa(2048)).withSha1().issue(), trusting),
        "AccessDeniedException",
        UNTRUSTED + weak);
    assertRefused(
        here.session(rsaRoot.issuing("CN=short", TestCertificates.rsa(1024)).issue(), trusting),
        "AccessDeniedException",
        UNTRUSTED + "Its key is too weak, or of no known kind.");
    Certificate between =
        rsaRoot.issuing("CN=Between", TestCertificates.rsa(1024)).authority(0).issue();
    Certificate leaf = between.issuing("CN=leaf", TestCertificates.rsa(2048)).issue();
    assertRefused(
        here.session(leaf, trusting, draft -> draft.chain = List.of(between)),
        "AccessDeniedException",
        UNTRUSTED + weak);
  }

  /// Each with the error that it gets.
  @TestFactory
  Stream<DynamicTest> a_request_that_was_changed_is_refused() throws Exception {
    Certificate other = leaf("CN=other").issue();
    KeyPair rsa = TestCertificates.rsa(2048);
    String mismatch =
        "The request signature does not match the certificate. Check your private key and signing"
            + " method.";
    return Stream.of(
        refused(
            "signed by another key",
            draft -> draft.key = other.pair().getPrivate(),
            "InvalidSignatureException",
            mismatch),
        refused(
            "with the serial number of another",
            draft -> draft.serialNumber = other.serialNumber().toString(),
            "InvalidSignatureException",
            "The Credential does not name the serial number of the certificate."),
        refused(
            "with an access key in the Credential",
            draft -> draft.serialNumber = "AKIAADMINEXAMPLE0001",
            "IncompleteSignatureException",
            "Credential must begin with the serial number of the certificate, in decimal digits."),
        refused(
            "with the certificate of another",
            draft -> draft.afterwards.put("x-amz-x509", List.of(CredentialHelper.base64(other))),
            "InvalidSignatureException",
            "The Credential does not name the serial number of the certificate."),
        refused(
            "with two certificates",
            draft ->
                draft.afterwards.put(
                    "x-amz-x509",
                    List.of(CredentialHelper.base64(good), CredentialHelper.base64(other))),
            "IncompleteSignatureException",
            "'x-amz-x509' is given more than once."),
        refused(
            "with the certificate unsigned",
            draft -> draft.unsigned.add("x-amz-x509"),
            "InvalidSignatureException",
            "'x-amz-x509' must be a 'SignedHeader' in the AWS Authorization."),
        refused(
            "with a chain that was added",
            draft ->
                draft.afterwards.put("x-amz-x509-chain", List.of(CredentialHelper.base64(root))),
            "InvalidSignatureException",
            "'x-amz-x509-chain' must be a 'SignedHeader' in the AWS Authorization."),
        refused(
            "with a chain of six",
            draft -> draft.chain = List.of(root, root, root, root, root, root),
            "IncompleteSignatureException",
            "No more than 5 certificates can come in a chain."),
        refused(
            "as RSA what is ECDSA",
            draft -> draft.algorithm = "AWS4-X509-RSA-SHA256",
            "InvalidSignatureException",
            mismatch),
        refused(
            "signed with RSA by nobody",
            draft -> {
              draft.algorithm = "AWS4-X509-RSA-SHA256";
              draft.key = rsa.getPrivate();
            },
            "InvalidSignatureException",
            mismatch),
        refused(
            "as if by an access key",
            draft -> draft.algorithm = "AWS4-HMAC-SHA256",
            "IncompleteSignatureException",
            "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA256' (only AWS4-X509-RSA-SHA256 and"
                + " AWS4-X509-ECDSA-SHA256 for now). "),
        refused(
            "signed over SHA-1",
            draft -> draft.digest = "SHA1",
            "InvalidSignatureException",
            mismatch),
        refused(
            "with a signature of nothing",
            draft -> draft.signature = _ -> "",
            "InvalidSignatureException",
            mismatch),
        refused(
            "with ECDSA's famous zeros",
            draft -> draft.signature = _ -> "3006020100020100",
            "InvalidSignatureException",
            mismatch),
        refused(
            "for another service",
            draft -> draft.service = "sts",
            "InvalidSignatureException",
            "Credential should be scoped to correct service: 'rolesanywhere'. "),
        refused(
            "that is no certificate",
            draft ->
                draft.afterwards.put(
                    "x-amz-x509", List.of(Base64.getEncoder().encodeToString(new byte[100]))),
            "AccessDeniedException",
            UNTRUSTED + "It cannot be read."),
        refused(
            "with something behind the certificate",
            draft -> {
              byte[] longer = java.util.Arrays.copyOf(good.der(), good.der().length + 1);
              draft.afterwards.put(
                  "x-amz-x509", List.of(Base64.getEncoder().encodeToString(longer)));
            },
            "AccessDeniedException",
            UNTRUSTED + "It cannot be read."));
  }

  private DynamicTest refused(String how, Consumer<Draft> change, String code, String message) {
    return DynamicTest.dynamicTest(
        how, () -> assertRefused(helper.session(good, role, change), code, message));
  }

  @Test
  void an_old_request_is_not_taken_again() {
    Reply old =
        helper.session(good, role, draft -> draft.now = draft.now.minus(Duration.ofMinutes(16)));
    Reply future =
        helper.session(good, role, draft -> draft.now = draft.now.plus(Duration.ofMinutes(16)));

    assertThat(old.code()).isEqualTo("InvalidSignatureException");
    assertThat(old.message()).startsWith("Signature expired");
    assertThat(future.message()).startsWith("Signature not yet current");
  }

  @Test
  void the_body_and_the_query_are_signed() {
    Reply body =
        helper.session(
            good,
            role,
            draft -> draft.afterwards.put("x-amz-content-sha256", List.of("0".repeat(64))));

    assertThat(body.code()).isEqualTo("InvalidSignatureException");
  }

  @Test
  void a_profile_is_for_its_roles_and_its_account_only() throws Exception {
    String other = people.role(Anywhere.trusting(anchorArn, ""));
    String distrusting =
        people.role(
            Anywhere.trusting(anchorArn, ", \"StringEquals\": {\"sts:SourceIdentity\": \"CN=x\"}"));
    CredentialHelper both =
        helper(anchorArn, anywhere.profile(new JsonObject(), role, distrusting));

    assertRefused(
        helper.session(good, other),
        "AccessDeniedException",
        "The profile is not for the role " + other + ".");
    assertRefused(
        both.session(good, distrusting),
        "AccessDeniedException",
        "Not authorized to perform sts:AssumeRole");
    assertRefused(
        both.session(good, role + "-absent"),
        "AccessDeniedException",
        "The profile is not for the role " + role + "-absent.");
    Reply foreign =
        anywhere.call(
            "POST",
            "/profiles",
            new JsonObject()
                .put("name", "p")
                .put("roleArns", new JsonArray().add("arn:aws:iam::444455556666:role/admin")));
    assertRefused(
        foreign,
        "ValidationException",
        "arn:aws:iam::444455556666:role/admin is no role of this account.");
  }

  /// The one that trusts must be the one that vouches.
  @Test
  void a_role_trusts_the_anchor_it_names_and_no_other() throws Exception {
    Certificate elsewhere = TestAuthority.root();
    String arn = anywhere.trustAnchor(elsewhere).getString("trustAnchorArn");
    CredentialHelper here = helper(arn, anywhere.profile(new JsonObject(), role));

    assertRefused(
        here.session(elsewhere.issuing("CN=good", TestCertificates.ec("secp256r1")).issue(), role),
        "AccessDeniedException",
        "Not authorized to perform sts:AssumeRole");
    assertRefused(
        here.session(good, role),
        "AccessDeniedException",
        UNTRUSTED + "The trust anchor did not issue it.");
  }

  @Test
  void a_role_that_trusts_the_service_without_tags_is_not_assumed() {
    String partly =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"},
             "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"]}
            """);

    assertRefused(
        helper(anchorArn, anywhere.profile(new JsonObject(), partly)).session(good, partly),
        "AccessDeniedException",
        "Not authorized to perform sts:TagSession");
  }

  @Test
  void nothing_is_found_by_an_arn_that_is_not_quite_right() {
    for (String wrong :
        List.of(
            anchorArn.replace("eu-west-1", "us-east-1"),
            anchorArn.replace(TestServers.ACCOUNT, "444455556666"),
            anchorArn.substring(0, anchorArn.length() - 1) + "z")) {
      assertRefused(
          helper.session(good, role, draft -> draft.query.put("trustAnchorArn", wrong)),
          "ResourceNotFoundException",
          "Trust anchor not found.");
    }
    assertThat(helper.session(good, role, draft -> draft.query.put("profileArn", anchorArn)).code())
        .isEqualTo("ValidationException");
  }

  @Test
  void a_list_that_expired_is_no_leave_to_use_what_it_may_have_missed() throws Exception {
    Instant soon = new TestClock().instant().plus(Duration.ofMinutes(5));
    People.ok(
        anywhere.importCrl(
            anchorArn, TestAuthority.revocations(root, soon, BigInteger.valueOf(1))));
    assertThat(helper.session(good, role).status()).isEqualTo(201);

    TestClock.forward(Duration.ofMinutes(6));

    assertUntrusted(good, "The certificate revocation list of its issuer has expired.");
  }

  @Test
  void an_authority_between_can_be_revoked() throws Exception {
    Certificate between =
        root.issuing("CN=Between", TestCertificates.ec("secp256r1")).authority(0).issue();
    Certificate leaf = between.issuing("CN=leaf", TestCertificates.ec("secp256r1")).issue();
    Consumer<Draft> chained = draft -> draft.chain = List.of(between);
    assertThat(helper.session(leaf, role, chained).status()).isEqualTo(201);

    People.ok(
        anywhere.importCrl(
            anchorArn,
            TestAuthority.revocations(root, TestCertificates.FAR_AWAY, between.serialNumber())));

    assertRefused(
        helper.session(leaf, role, chained),
        "AccessDeniedException",
        UNTRUSTED + "It, or one in its chain, was revoked.");
  }

  @Test
  void nobody_else_revokes_and_nothing_else_is_imported() throws Exception {
    Certificate impostor =
        TestAuthority.root(root.subject().toString(), TestCertificates.ec("secp256r1"));
    byte[] forged = TestAuthority.revocations(impostor, TestCertificates.FAR_AWAY);

    assertRefused(
        anywhere.importCrl(anchorArn, forged),
        "ValidationException",
        "crlData must hold a list that a certificate of the trust anchor signed.");
    assertRefused(
        anywhere.importCrl(anchorArn, new byte[] {1, 2, 3}),
        "ValidationException",
        "crlData must hold one certificate revocation list, in PEM or DER.");
    assertRefused(
        anywhere.importCrl(anchorArn, new byte[300_001]),
        "ValidationException",
        "crlData must hold no more than 300000 bytes.");
    assertRefused(
        anywhere.importCrl(anchorArn.substring(0, anchorArn.length() - 1) + "z", forged),
        "ResourceNotFoundException",
        "The resource could not be found.");
  }

  /// Else the list would stay, and stop nobody.
  @Test
  void an_anchor_keeps_the_certificate_that_signed_its_lists() throws Exception {
    People.ok(
        anywhere.importCrl(anchorArn, TestAuthority.revocations(root, TestCertificates.FAR_AWAY)));

    Reply replaced =
        anywhere.call(
            "PATCH",
            "/trustanchor/" + anchorArn.substring(anchorArn.indexOf('/') + 1),
            new JsonObject().put("source", Anywhere.bundle(TestAuthority.root().pem())));

    assertRefused(
        replaced,
        "ValidationException",
        "crlData must hold a list that a certificate of the trust anchor signed.");
  }

  @Test
  void an_anchor_is_made_of_authorities_that_hold() throws Exception {
    KeyPair weak = TestCertificates.rsa(1024);
    Instant now = new TestClock().instant();
    Certificate expired =
        root.issuing("CN=Old", TestCertificates.ec("secp256r1"))
            .authority(0)
            .valid(TestCertificates.LONG_AGO, now.minusSeconds(60))
            .issue();

    for (String wrong :
        List.of(
            "",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            root.pem() + "x",
            good.pem(),
            TestAuthority.root("CN=Weak", weak).pem(),
            expired.pem())) {
      Reply reply =
          anywhere.call(
              "POST",
              "/trustanchors",
              new JsonObject().put("name", "a").put("source", Anywhere.bundle(wrong)));
      assertThat(reply.code()).as(wrong + reply.body()).isEqualTo("ValidationException");
    }
    Reply acm =
        anywhere.call(
            "POST",
            "/trustanchors",
            new JsonObject()
                .put("name", "a")
                .put("source", new JsonObject().put("sourceType", "AWS_ACM_PCA")));
    assertThat(acm.message())
        .isEqualTo("The source of a trust anchor must be a CERTIFICATE_BUNDLE.");
  }

  @Test
  void a_name_that_no_policy_could_look_for_is_refused() throws Exception {
    assertRefused(
        helper.session(leaf("CN=a*b").issue(), role),
        "AccessDeniedException",
        "x509Subject/CN of the certificate cannot be a session tag. Map other attributes in the"
            + " profile.");
  }

  @Test
  void whoever_is_refused_too_often_waits() throws Exception {
    Certificate stranger =
        TestAuthority.root().issuing("CN=x", TestCertificates.ec("secp256r1")).issue();

    List<String> codes =
        Stream.generate(() -> helper.session(stranger, role).code()).limit(130).toList();

    assertThat(codes).contains("ThrottlingException");
    assertThat(helper.session(good, role).code()).isEqualTo("ThrottlingException");
    TestClock.forward(Duration.ofMinutes(1));
    assertThat(helper.session(good, role).status()).isEqualTo(201);
  }
}
