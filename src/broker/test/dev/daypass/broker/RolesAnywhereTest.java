package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.TestAuthority.Certificate;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.pem.Pem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Workloads trade their certificates for sessions, as AWS's helper does it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RolesAnywhereTest {
  @TestHTTPResource URI server;
  @Inject Pool database;
  private Wire wire;
  private People people;
  private Anywhere anywhere;
  private Certificate root;
  private JsonObject anchor;

  @BeforeEach
  void begin() throws Exception {
    wire = new Wire(server.getPort());
    people = new People(wire);
    anywhere = new Anywhere(wire);
    root = TestAuthority.root();
    anchor = anywhere.trustAnchor(root);
  }

  private String anchorArn() {
    return anchor.getString("trustAnchorArn");
  }

  private String role(String conditions) {
    return people.role(Anywhere.trusting(anchorArn(), conditions));
  }

  private CredentialHelper helper(JsonObject profile) {
    return new CredentialHelper(wire.server(), anchorArn(), profile.getString("profileArn"));
  }

  private static JsonObject only(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    JsonArray set = new JsonObject(reply.body()).getJsonArray("credentialSet");
    assertThat(set).hasSize(1);
    return set.getJsonObject(0);
  }

  private static Key key(Reply reply) {
    JsonObject credentials = only(reply).getJsonObject("credentials");
    return new Key(
        credentials.getString("accessKeyId"),
        credentials.getString("secretAccessKey"),
        Optional.of(credentials.getString("sessionToken")));
  }

  @Test
  void a_certificate_becomes_a_session_that_says_whose_it_was() throws Exception {
    String role =
        role(
            """
            , "StringEquals": {"aws:PrincipalTag/x509Subject/OU": "shop/cart",
              "aws:PrincipalTag/x509Issuer/CN": "%s", "aws:PrincipalTag/x509SAN/DNS": "cart.test",
              "aws:PrincipalTag/x509SAN/URI": "spiffe://test/cart",
              "aws:PrincipalTag/x509SAN/Name/CN": "Cart", "sts:SourceIdentity": "CN=cart-7",
              "aws:SourceAccount": "%s"}
            """
                .formatted(root.subject().toString().substring(3), TestServers.ACCOUNT));
    Certificate cart =
        root.issuing("O=Acme,OU=shop,OU=cart,CN=cart-7", TestCertificates.ec("secp384r1"))
            .serialNumber(new BigInteger("abcde", 16))
            .names(
                new GeneralName(GeneralName.dNSName, "cart.test"),
                new GeneralName(GeneralName.dNSName, "second.test"),
                new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://test/cart"),
                new GeneralName(new X500Name("CN=Cart")))
            .issue();

    Reply reply = helper(anywhere.profile(new JsonObject(), role)).session(cart, role);

    JsonObject given = only(reply);
    assertThat(given.getString("roleArn")).isEqualTo(role);
    assertThat(given.getString("sourceIdentity")).isEqualTo("CN=cart-7");
    assertThat(given.getJsonObject("assumedRoleUser").getString("arn"))
        .isEqualTo(role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/0abcde");
    assertThat(given.getJsonObject("credentials").getString("expiration"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(People.ok(wire.sts(key(reply), "GetCallerIdentity")).text("Arn"))
        .isEqualTo(given.getJsonObject("assumedRoleUser").getString("arn"));
    String record = record(reply);
    assertThat(record)
        .contains("\"type\": \"X509Subject\"", "\"userName\": \"CN=cart-7,OU=cart,OU=shop,O=Acme\"")
        .contains("\"identityProvider\": \"" + anchorArn() + "\"", "\"serialNumber\": \"0abcde\"")
        .contains("\"eventSource\": \"rolesanywhere.amazonaws.com\"", "\"profileArn\"")
        .doesNotContain(given.getJsonObject("credentials").getString("secretAccessKey"));
  }

  private String record(Reply reply) {
    return database
        .query(
            "select record::text as record from audit_event where record->>'requestID' = '%s'"
                .formatted(reply.raw().headers().firstValue("x-amzn-RequestId").orElseThrow()))
        .execute()
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getString("record");
  }

  @Test
  void its_tags_are_for_policies_to_look_at_for_as_long_as_it_lasts() throws Exception {
    String role = role("");
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            role.substring(role.indexOf('/') + 1),
            "PolicyName",
            "p",
            "PolicyDocument",
            People.document(
                """
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "bad"}}}
                """)));
    CredentialHelper helper = helper(anywhere.profile(new JsonObject(), role));

    Key good = key(helper.session(certificate("CN=good"), role));
    Key bad = key(helper.session(certificate("CN=bad"), role));

    assertThat(wire.iam(good, "ListUsers").code()).isEqualTo("OK");
    assertThat(wire.iam(bad, "ListUsers").code()).isEqualTo("AccessDenied");
  }

  private Certificate certificate(String name) throws Exception {
    return root.issuing(name, TestCertificates.ec("secp256r1")).issue();
  }

  @Test
  void rsa_signs_too_and_chains_come_in_any_order() throws Exception {
    String role = role("");
    CredentialHelper helper = helper(anywhere.profile(new JsonObject(), role));
    Certificate upper = root.issuing("CN=Upper", TestCertificates.rsa(2048)).authority(1).issue();
    Certificate lower = upper.issuing("CN=Lower", TestCertificates.rsa(2048)).authority(0).issue();
    Certificate leaf = lower.issuing("CN=leaf", TestCertificates.rsa(2048)).issue();

    for (List<Certificate> chain :
        List.of(List.of(lower, upper), List.of(upper, lower), List.of(lower, upper, root))) {
      assertThat(helper.session(leaf, role, draft -> draft.chain = chain).status()).isEqualTo(201);
    }
    assertThat(helper.session(leaf, role, draft -> draft.chain = List.of(upper)).code())
        .isEqualTo("AccessDeniedException");
  }

  @Test
  void the_shortest_of_request_profile_role_and_certificate_is_how_long_it_lasts()
      throws Exception {
    String role = people.role(Anywhere.trusting(anchorArn(), ""), "7200");
    JsonObject longer = anywhere.profile(new JsonObject().put("durationSeconds", 43200), role);
    JsonObject shorter = anywhere.profile(new JsonObject().put("durationSeconds", 900), role);
    Instant now = new TestClock().instant();
    Certificate ending =
        root.issuing("CN=ending", TestCertificates.ec("secp256r1"))
            .valid(TestCertificates.LONG_AGO, now.plus(Duration.ofMinutes(10)))
            .issue();
    Certificate cart = certificate("CN=cart");

    assertThat(lifetime(helper(longer).session(cart, role))).isEqualTo(3600);
    assertThat(
            lifetime(
                helper(longer)
                    .session(cart, role, draft -> draft.body = "{\"durationSeconds\": 43200}")))
        .isEqualTo(7200);
    assertThat(lifetime(helper(shorter).session(cart, role, draft -> draft.body = "{}")))
        .isEqualTo(900);
    assertThat(lifetime(helper(shorter).session(cart, role))).isEqualTo(900);
    assertThat(lifetime(helper(longer).session(ending, role))).isEqualTo(600);
  }

  /** In seconds, to the nearest minute: an answer says when they end and takes its time to come. */
  private long lifetime(Reply reply) {
    Instant end = Instant.parse(only(reply).getJsonObject("credentials").getString("expiration"));
    Duration left = Duration.between(new TestClock().instant(), end);
    return 60 * left.plusSeconds(30).toMinutes();
  }

  @Test
  void a_profile_narrows_its_sessions() throws Exception {
    String role = role("");
    JsonObject profile =
        anywhere.profile(
            new JsonObject()
                .put(
                    "sessionPolicy",
                    People.document(
                        "{\"Effect\": \"Allow\", \"Action\": \"iam:ListRoles\", \"Resource\": \"*\"}")),
            role);

    Reply reply = helper(profile).session(certificate("CN=cart"), role);

    assertThat(only(reply).getInteger("packedPolicySize")).isPositive();
    assertThat(wire.iam(key(reply), "ListRoles").code()).isEqualTo("OK");
    assertThat(wire.iam(key(reply), "ListUsers").code()).isEqualTo("AccessDenied");
  }

  @Test
  void a_session_has_a_name_of_its_own_where_the_profile_accepts_it() throws Exception {
    String role = role("");
    Certificate cart = certificate("CN=cart");

    Reply named =
        helper(anywhere.profile(new JsonObject().put("acceptRoleSessionName", true), role))
            .session(cart, role, draft -> draft.body = "{\"roleSessionName\": \"pod-7\"}");
    Reply refused =
        helper(anywhere.profile(new JsonObject(), role))
            .session(cart, role, draft -> draft.body = "{\"roleSessionName\": \"pod-7\"}");

    assertThat(only(named).getJsonObject("assumedRoleUser").getString("arn")).endsWith("/pod-7");
    assertThat(refused.code()).isEqualTo("AccessDeniedException");
    assertThat(refused.message()).isEqualTo("The profile does not accept a role session name.");
  }

  @Test
  void the_mapping_of_a_profile_decides_what_becomes_a_tag() throws Exception {
    String role = role(", \"StringEquals\": {\"aws:PrincipalTag/x509Subject/CN\": \"cart\"}");
    JsonObject profile = anywhere.profile(new JsonObject(), role);
    String path = "/profiles/%s/mappings".formatted(profile.getString("profileId"));
    Certificate cart = certificate("O=Acme,CN=cart");
    assertThat(profile.getJsonArray("attributeMappings").encode())
        .isEqualTo(
            """
            [{"certificateField":"x509Issuer","mappingRules":[{"specifier":"*"}]},\
            {"certificateField":"x509SAN","mappingRules":[{"specifier":"DNS"},{"specifier":"URI"},\
            {"specifier":"Name/*"}]},\
            {"certificateField":"x509Subject","mappingRules":[{"specifier":"*"}]}]""");

    JsonObject mapped =
        anywhere.done(anywhere.call("PUT", path, mapping("x509Subject", "O")), "profile");
    Reply unmapped = helper(profile).session(cart, role);
    anywhere.done(anywhere.call("PUT", path, mapping("x509Subject", "O", "CN")), "profile");
    Reply both = helper(profile).session(cart, role);
    JsonObject without =
        anywhere.done(
            anywhere.call(
                "DELETE", path + "?certificateField=x509Subject&specifiers=O&specifiers=CN"),
            "profile");

    assertThat(mapped.getJsonArray("attributeMappings").encode())
        .contains(
            "{\"certificateField\":\"x509Subject\",\"mappingRules\":[{\"specifier\":\"O\"}]}");
    assertThat(unmapped.code()).isEqualTo("AccessDeniedException");
    assertThat(both.status()).isEqualTo(201);
    assertThat(without.getJsonArray("attributeMappings").encode()).doesNotContain("x509Subject");
  }

  private static JsonObject mapping(String field, String... specifiers) {
    JsonArray rules = new JsonArray();
    for (String specifier : specifiers) {
      rules.add(new JsonObject().put("specifier", specifier));
    }
    return new JsonObject().put("certificateField", field).put("mappingRules", rules);
  }

  @Test
  void a_name_that_cannot_be_a_source_identity_is_none() throws Exception {
    String role = role("");
    CredentialHelper helper = helper(anywhere.profile(new JsonObject(), role));

    Reply spaced = helper.session(certificate("CN=Build Server"), role);
    Reply nameless = helper.session(certificate("O=Acme"), role);

    assertThat(only(spaced).containsKey("sourceIdentity")).isFalse();
    assertThat(only(nameless).containsKey("sourceIdentity")).isFalse();
  }

  @Test
  void whoever_came_is_listed_with_the_certificates() throws Exception {
    String role = role("");
    CredentialHelper helper = helper(anywhere.profile(new JsonObject(), role));
    Certificate first = certificate("CN=seen,O=Acme");
    Reply session = helper.session(first, role);
    helper.session(first, role);
    helper.session(certificate("CN=seen,O=Acme"), role);
    String arn = new JsonObject(session.body()).getString("subjectArn");

    JsonObject subject =
        anywhere.done(
            anywhere.call("GET", "/subject/" + arn.substring(arn.indexOf('/') + 1)), "subject");

    assertThat(subject.getString("subjectArn")).isEqualTo(arn);
    assertThat(subject.getString("x509Subject")).isEqualTo("O=Acme,CN=seen");
    assertThat(subject.getBoolean("enabled")).isTrue();
    assertThat(subject.getJsonArray("credentials")).hasSize(2);
    assertThat(subject.getJsonArray("credentials").encode()).contains("BEGIN CERTIFICATE");
    assertThat(People.ok(anywhere.call("GET", "/subjects?pageSize=1000")).body()).contains(arn);
  }

  @Test
  void who_was_not_seen_for_a_quarter_of_a_year_is_forgotten() throws Exception {
    String role = role("");
    CredentialHelper helper = helper(anywhere.profile(new JsonObject(), role));
    String gone = subject(helper.session(certificate("CN=gone"), role));
    String here = subject(helper.session(certificate("CN=here"), role));
    database
        .query(
            """
            update x509_subject set last_seen_at = last_seen_at - interval '91 days'
            where id in ('%s', '%s')
            """
                .formatted(gone, here))
        .execute()
        .await()
        .indefinitely();

    helper.session(certificate("CN=here"), role);

    assertThat(anywhere.call("GET", "/subject/" + gone).code())
        .isEqualTo("ResourceNotFoundException");
    assertThat(anywhere.call("GET", "/subject/" + here).code()).isEqualTo("OK");
  }

  private static String subject(Reply session) {
    String arn = new JsonObject(session.body()).getString("subjectArn");
    return arn.substring(arn.indexOf('/') + 1);
  }

  @Test
  void the_sessions_of_one_subject_are_ended_and_no_others() throws Exception {
    String role = role("");
    CredentialHelper helper = helper(anywhere.profile(new JsonObject(), role));
    Reply stolen = helper.session(certificate("CN=stolen"), role);
    Reply other = helper.session(certificate("CN=other"), role);
    String subject = new JsonObject(stolen.body()).getString("subjectArn");

    People.ok(wire.daypass(Key.ADMIN, "RevokeSessions", "Principal", subject));

    assertThat(wire.sts(key(stolen), "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
    assertThat(wire.sts(key(other), "GetCallerIdentity").code()).isEqualTo("OK");
    TestClock.forward(Duration.ofSeconds(2));
    assertThat(
            wire.sts(key(helper.session(certificate("CN=stolen"), role)), "GetCallerIdentity")
                .code())
        .isEqualTo("OK");
  }

  @Test
  void all_that_a_trust_anchor_vouched_for_is_ended() throws Exception {
    String role = role("");
    Key session =
        key(helper(anywhere.profile(new JsonObject(), role)).session(certificate("CN=cart"), role));

    People.ok(wire.daypass(Key.ADMIN, "RevokeSessions", "Principal", anchorArn()));

    assertThat(wire.sts(session, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
    assertThat(
            wire.daypass(
                    Key.ADMIN,
                    "RevokeSessions",
                    "Principal",
                    anchorArn().replace(TestServers.ACCOUNT, "444455556666"))
                .code())
        .isEqualTo("NoSuchEntity");
  }

  @Test
  void what_is_switched_off_vouches_for_nobody_until_it_is_on_again() throws Exception {
    String role = role("");
    JsonObject profile = anywhere.profile(new JsonObject(), role);
    CredentialHelper helper = helper(profile);
    Certificate cart = certificate("CN=cart");
    for (String path :
        List.of(
            "/trustanchor/" + anchor.getString("trustAnchorId"),
            "/profile/" + profile.getString("profileId"))) {
      People.ok(anywhere.call("POST", path + "/disable"));
      assertThat(helper.session(cart, role).message()).endsWith(" is disabled.");
      People.ok(anywhere.call("POST", path + "/enable"));
      assertThat(helper.session(cart, role).status()).isEqualTo(201);
    }
  }

  @Test
  void an_anchor_is_made_shown_changed_tagged_and_deleted() throws Exception {
    String path = "/trustanchor/" + anchor.getString("trustAnchorId");
    Certificate next = TestAuthority.root();

    JsonObject changed =
        anywhere.done(
            anywhere.call(
                "PATCH",
                path,
                new JsonObject()
                    .put("name", "renamed")
                    .put("source", Anywhere.bundle(root.pem() + next.pem()))),
            "trustAnchor");
    Reply tagged =
        anywhere.call(
            "POST",
            "/TagResource",
            new JsonObject()
                .put("resourceArn", anchorArn())
                .put(
                    "tags",
                    new JsonArray().add(new JsonObject().put("key", "team").put("value", "shop"))));

    assertThat(anchor.getString("trustAnchorArn"))
        .matches(
            "arn:aws:rolesanywhere:eu-west-1:%s:trust-anchor/[0-9a-f-]{36}"
                .formatted(TestServers.ACCOUNT));
    assertThat(changed.getString("name")).isEqualTo("renamed");
    assertThat(changed.getString("createdAt")).isEqualTo(anchor.getString("createdAt"));
    assertThat(
            changed
                .getJsonObject("source")
                .getJsonObject("sourceData")
                .getString("x509CertificateData"))
        .isEqualTo(root.pem() + next.pem());
    assertThat(tagged.status()).isEqualTo(201);
    assertThat(anywhere.call("GET", "/ListTagsForResource?resourceArn=" + anchorArn()).body())
        .isEqualTo("{\"tags\":[{\"key\":\"team\",\"value\":\"shop\"}]}");
    People.ok(
        anywhere.call(
            "POST",
            "/UntagResource",
            new JsonObject()
                .put("resourceArn", anchorArn())
                .put("tagKeys", new JsonArray().add("team"))));
    assertThat(anywhere.call("GET", "/ListTagsForResource?resourceArn=" + anchorArn()).body())
        .isEqualTo("{\"tags\":[]}");
    assertThat(anywhere.done(anywhere.call("GET", path), "trustAnchor")).isEqualTo(changed);
    People.ok(anywhere.call("DELETE", path));
    Reply gone = anywhere.call("GET", path);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.code()).isEqualTo("ResourceNotFoundException");
    assertThat(gone.raw().headers().firstValue("x-amzn-ErrorType"))
        .hasValue("ResourceNotFoundException");
  }

  @Test
  void a_profile_keeps_what_a_change_does_not_mention() {
    String role = role("");
    JsonObject profile =
        anywhere.profile(
            new JsonObject()
                .put(
                    "managedPolicyArns",
                    new JsonArray().add("arn:aws:iam::aws:policy/IAMFullAccess"))
                .put("requireInstanceProperties", true),
            role);
    String path = "/profile/" + profile.getString("profileId");

    JsonObject renamed =
        anywhere.done(anywhere.call("PATCH", path, new JsonObject().put("name", "new")), "profile");
    JsonObject emptied =
        anywhere.done(
            anywhere.call(
                "PATCH", path, new JsonObject().put("managedPolicyArns", new JsonArray())),
            "profile");

    assertThat(renamed.getJsonArray("managedPolicyArns")).hasSize(1);
    assertThat(renamed.getJsonArray("roleArns")).containsExactly(role);
    assertThat(renamed.getBoolean("requireInstanceProperties")).isTrue();
    assertThat(renamed.getString("createdBy")).contains(TestServers.ACCOUNT);
    assertThat(emptied.getJsonArray("managedPolicyArns")).isEmpty();
    assertThat(emptied.getString("name")).isEqualTo("new");
    People.ok(anywhere.call("DELETE", path));
    assertThat(anywhere.call("GET", path).code()).isEqualTo("ResourceNotFoundException");
  }

  @Test
  void whoever_makes_a_profile_must_be_allowed_to_pass_its_roles() {
    Person person = people.user();
    String role = role("");
    people.allow(
        person, "{\"Effect\": \"Allow\", \"Action\": \"rolesanywhere:*\", \"Resource\": \"*\"}");
    JsonObject wanted =
        new JsonObject().put("name", "p").put("roleArns", new JsonArray().add(role));

    Reply refused = anywhere.call(person.key(), "POST", "/profiles", wanted);
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "%s",
         "Condition": {"StringEquals": {"iam:PassedToService": "rolesanywhere.amazonaws.com"}}}
        """
            .formatted(role));
    Reply passed = anywhere.call(person.key(), "POST", "/profiles", wanted);
    Reply other =
        anywhere.call(
            person.key(),
            "PATCH",
            "/profile/"
                + new JsonObject(passed.body()).getJsonObject("profile").getString("profileId"),
            new JsonObject().put("roleArns", new JsonArray().add(role("")).add(role)));

    assertThat(refused.code()).isEqualTo("AccessDeniedException");
    assertThat(refused.message()).contains("iam:PassRole on resource: " + role);
    assertThat(passed.status()).isEqualTo(201);
    assertThat(other.message()).contains("iam:PassRole");
  }

  @Test
  void lists_come_in_pages() {
    anywhere.profile(new JsonObject(), role(""));
    anywhere.profile(new JsonObject(), role(""));

    JsonObject first =
        new JsonObject(People.ok(anywhere.call("GET", "/profiles?pageSize=1")).body());
    JsonObject second =
        new JsonObject(
            People.ok(
                    anywhere.call(
                        "GET", "/profiles?pageSize=1&nextToken=" + first.getString("nextToken")))
                .body());

    assertThat(first.getJsonArray("profiles")).hasSize(1);
    assertThat(second.getJsonArray("profiles")).hasSize(1);
    assertThat(second.getJsonArray("profiles")).isNotEqualTo(first.getJsonArray("profiles"));
    assertThat(anywhere.call("GET", "/profiles?nextToken=x").code())
        .isEqualTo("ValidationException");
  }

  @Test
  void a_revoked_certificate_is_refused_from_the_import_on() throws Exception {
    String role = role("");
    CredentialHelper helper = helper(anywhere.profile(new JsonObject(), role));
    Certificate lost = certificate("CN=lost");
    Certificate kept = certificate("CN=kept");
    assertThat(helper.session(lost, role).status()).isEqualTo(201);

    byte[] list = TestAuthority.revocations(root, TestCertificates.FAR_AWAY, lost.serialNumber());
    JsonObject crl =
        anywhere.done(
            anywhere.importCrl(
                anchorArn(), Pem.write("X509 CRL", list).getBytes(StandardCharsets.US_ASCII)),
            "crl");

    assertThat(helper.session(lost, role).message())
        .isEqualTo("Untrusted certificate. It, or one in its chain, was revoked.");
    assertThat(helper.session(kept, role).status()).isEqualTo(201);
    assertThat(crl.getString("trustAnchorArn")).isEqualTo(anchorArn());
    String path = "/crl/" + crl.getString("crlId");
    People.ok(anywhere.call("POST", path + "/disable"));
    assertThat(helper.session(lost, role).status()).isEqualTo(201);
    People.ok(anywhere.call("POST", path + "/enable"));
    assertThat(helper.session(lost, role).status()).isEqualTo(403);
    People.ok(
        anywhere.call(
            "PATCH",
            path,
            new JsonObject()
                .put(
                    "crlData",
                    Base64.getEncoder()
                        .encodeToString(
                            TestAuthority.revocations(
                                root, TestCertificates.FAR_AWAY, kept.serialNumber())))));
    assertThat(helper.session(lost, role).status()).isEqualTo(201);
    assertThat(helper.session(kept, role).status()).isEqualTo(403);
    People.ok(anywhere.call("DELETE", path));
    assertThat(helper.session(kept, role).status()).isEqualTo(201);
  }
}
