package dev.daypass.broker;

import static dev.daypass.broker.Race.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.TestCertificates.Issued;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.pem.Pem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.KeyPairMismatchException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedCertificateException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.ServerCertificateMetadata;
import software.amazon.awssdk.services.iam.model.Tag;

/// Server certificates, as AWS documents them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ServerCertificatesTest {
  private static final String UNREADABLE =
      "Unable to parse certificate. Please ensure the certificate is in PEM format.";

  private static KeyPair rsa;
  private static Issued usual;

  @Inject Pool database;
  @TestHTTPResource URI server;
  private Wire wire;
  private IamClient iam;

  @BeforeAll
  static void keys() throws Exception {
    rsa = TestCertificates.rsa(2048);
    usual = TestCertificates.selfSigned(rsa);
  }

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    iam = Sdk.iam(wire.server());
    iam.listServerCertificatesPaginator(r -> r.maxItems(7)).serverCertificateMetadataList().stream()
        .map(ServerCertificateMetadata::serverCertificateName)
        .forEach(name -> iam.deleteServerCertificate(r -> r.serverCertificateName(name)));
  }

  private static String name() {
    return "c-" + UUID.randomUUID();
  }

  private String upload(Issued certificate) {
    String name = name();
    iam.uploadServerCertificate(
        r ->
            r.serverCertificateName(name)
                .certificateBody(certificate.pem())
                .privateKey(certificate.key()));
    return name;
  }

  private Reply tried(String body, String key, String... more) {
    List<String> parameters = new ArrayList<>(List.of("ServerCertificateName", name()));
    parameters.addAll(List.of("CertificateBody", body, "PrivateKey", key));
    parameters.addAll(List.of(more));
    return wire.iam(Key.ADMIN, "UploadServerCertificate", parameters.toArray(String[]::new));
  }

  private static void assertMalformed(Reply reply, String message) {
    assertThat(reply.code()).isEqualTo("MalformedCertificate");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isEqualTo(message);
  }

  @Test
  void a_certificate_is_uploaded_and_comes_back_without_its_key() throws Exception {
    String name = name();
    int before = iam.getAccountSummary().summaryMapAsStrings().get("ServerCertificates");

    var uploaded =
        iam.uploadServerCertificate(
            r ->
                r.serverCertificateName(name)
                    .path("/cloudfront/test/")
                    .certificateBody(usual.pem())
                    .privateKey(usual.key())
                    .tags(Tag.builder().key("team").value("web").build()));

    var metadata = uploaded.serverCertificateMetadata();
    var got = iam.getServerCertificate(r -> r.serverCertificateName(name)).serverCertificate();
    assertThat(metadata.arn())
        .isEqualTo("arn:aws:iam::111122223333:server-certificate/cloudfront/test/" + name);
    assertThat(metadata.serverCertificateId()).matches("ASCA[A-Z2-7]{17}");
    assertThat(metadata.path()).isEqualTo("/cloudfront/test/");
    assertThat(metadata.expiration()).isEqualTo(TestCertificates.FAR_AWAY);
    assertThat(metadata.uploadDate()).isNotNull();
    assertThat(uploaded.tags()).hasSize(1);
    assertThat(got.serverCertificateMetadata()).isEqualTo(metadata);
    assertThat(got.certificateBody()).isEqualTo(usual.pem().strip());
    assertThat(got.certificateChain()).isNull();
    assertThat(got.tags()).isEqualTo(uploaded.tags());
    assertThat(iam.getAccountSummary().summaryMapAsStrings())
        .containsEntry("ServerCertificates", before + 1)
        .containsEntry("ServerCertificatesQuota", 20);
  }

  @Test
  void the_audit_trail_shows_the_certificate_and_not_its_key() {
    Reply reply = tried(usual.pem(), usual.key());
    String secret = usual.key().lines().skip(3).findFirst().orElseThrow();

    String record = Trail.of(database, reply);

    assertThat(record).contains("certificateBody").contains("serverCertificateMetadata");
    assertThat(record).doesNotContain(secret).doesNotContainIgnoringCase("privateKey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "RSA"})
  void keys_of_every_kind_in_their_older_and_newer_form(String kind) throws Exception {
    Issued certificate =
        kind.equals("RSA") ? usual : TestCertificates.selfSigned(TestCertificates.ec(kind));

    assertThat(tried(certificate.pem(), certificate.key()).code()).isEqualTo("OK");
    assertThat(tried(certificate.pem(), certificate.olderKey()).code()).isEqualTo("OK");
    assertThat(tried(certificate.pem().replace("\n", "\r\n"), certificate.key()).code())
        .isEqualTo("OK");
  }

  @Test
  void lists_are_by_path_and_page_by_page_and_without_what_is_long() {
    List<String> names = new ArrayList<>();
    for (String path : List.of("/", "/a/", "/a/b/")) {
      String name = name();
      names.add(name);
      tried(usual.pem(), usual.key());
      iam.uploadServerCertificate(
          r ->
              r.serverCertificateName(name)
                  .path(path)
                  .certificateBody(usual.pem())
                  .privateKey(usual.key()));
    }

    var below = iam.listServerCertificates(r -> r.pathPrefix("/a")).serverCertificateMetadataList();
    var first = iam.listServerCertificates(r -> r.maxItems(4));

    assertThat(below)
        .extracting(ServerCertificateMetadata::serverCertificateName)
        .containsExactlyInAnyOrderElementsOf(names.subList(1, 3));
    assertThat(first.isTruncated()).isTrue();
    assertThat(
            iam.listServerCertificates(r -> r.marker(first.marker()))
                .serverCertificateMetadataList())
        .hasSize(2);
  }

  @Test
  void a_chain_is_taken_where_each_has_issued_the_one_before() throws Exception {
    Issued root = TestCertificates.selfSigned();
    Issued between = root.issue(TestCertificates.ec("secp384r1"));
    Issued leaf = between.issue(rsa);
    String chain = between.pem() + "\n" + root.pem();

    String name = name();
    iam.uploadServerCertificate(
        r ->
            r.serverCertificateName(name)
                .certificateBody(leaf.pem())
                .privateKey(leaf.key())
                .certificateChain(chain));

    assertThat(
            iam.getServerCertificate(r -> r.serverCertificateName(name))
                .serverCertificate()
                .certificateChain())
        .isEqualTo(chain.strip());
    assertThat(tried(leaf.pem(), leaf.key(), "CertificateChain", between.pem()).code())
        .isEqualTo("OK");
  }

  @Test
  void a_chain_that_is_broken() throws Exception {
    Issued root = TestCertificates.selfSigned();
    Issued between = root.issue(TestCertificates.ec("secp256r1"));
    Issued leaf = between.issue(rsa);
    Issued namesake =
        new Issued(between.name(), TestCertificates.ec("secp256r1"), new byte[0]).issue(rsa);

    assertBroken(leaf, root.pem() + between.pem(), -1);
    assertBroken(leaf, leaf.pem() + between.pem(), -1);
    assertBroken(leaf, between.pem() + usual.pem(), 0);
    assertBroken(leaf, between.pem() + root.pem() + usual.pem(), 1);
    assertBroken(namesake, between.pem(), -1);
    for (String unreadable :
        List.of(
            "chain",
            "# the issuer\n" + between.pem(),
            between.pem() + "the root:\n" + root.pem(),
            between.pem() + root.key(),
            between.pem().repeat(11))) {
      assertMalformed(tried(leaf.pem(), leaf.key(), "CertificateChain", unreadable), UNREADABLE);
    }
  }

  private void assertBroken(Issued leaf, String chain, int index) {
    Reply reply = tried(leaf.pem(), leaf.key(), "CertificateChain", chain);

    assertMalformed(
        reply,
        "Unable to validate certificate chain. The certificate chain must start with the immediate"
            + " signing certificate, followed by any intermediaries in order. The index within the"
            + " chain of the invalid certificate is: "
            + index);
  }

  @Test
  void what_is_no_certificate() {
    byte[] longer = java.util.Arrays.copyOf(usual.der(), usual.der().length + 1);
    byte[] shorter = java.util.Arrays.copyOf(usual.der(), usual.der().length - 1);

    for (String body :
        List.of(
            "certificate",
            usual.key(),
            usual.pem() + usual.pem(),
            usual.pem() + "more",
            "Subject: me\n" + usual.pem(),
            usual.pem().replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
            usual.pem().replace("-----END CERTIFICATE-----", "-----END X509-----"),
            usual.pem().replace("M", "\u00e9"),
            Pem.write("CERTIFICATE", longer),
            Pem.write("CERTIFICATE", shorter),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----")) {
      assertMalformed(tried(body, usual.key()), UNREADABLE);
    }
  }

  @Test
  void what_is_no_private_key() throws Exception {
    // SEC 1 without its curve.
    byte[] curveless =
        PrivateKeyInfo.getInstance(TestCertificates.ec("secp256r1").getPrivate().getEncoded())
            .getPrivateKey()
            .getOctets();
    for (String key :
        List.of(
            "key",
            usual.pem(),
            Pem.write("PUBLIC KEY", rsa.getPublic().getEncoded()),
            usual.key().replace("PRIVATE", "ENCRYPTED PRIVATE"),
            usual.olderKey().replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\n\nM"),
            usual.key() + usual.key(),
            usual.key().replace("PRIVATE KEY", "EC PRIVATE KEY"),
            usual.olderKey().replace("RSA PRIVATE", "PRIVATE"),
            Pem.write("EC PRIVATE KEY", curveless),
            Pem.write("PRIVATE KEY", new byte[] {0x30, 0}),
            Pem.write("EC PRIVATE KEY", new byte[] {0x30, 3, 2, 1, 1}))) {
      assertMalformed(tried(usual.pem(), key), "Invalid Private Key.");
    }
  }

  @Test
  void a_key_of_another_certificate() throws Exception {
    Issued other = TestCertificates.selfSigned(TestCertificates.rsa(2048));
    Issued ec = TestCertificates.selfSigned();
    Issued otherEc = TestCertificates.selfSigned();
    Issued otherCurve = TestCertificates.selfSigned(TestCertificates.ec("secp521r1"));

    for (Issued[] pair :
        new Issued[][] {
          {usual, other}, {usual, ec}, {ec, usual}, {ec, otherEc}, {ec, otherCurve}
        }) {
      Reply reply = tried(pair[0].pem(), pair[1].key());

      assertThat(reply.code()).isEqualTo("KeyPairMismatch");
    }
    assertThatThrownBy(
            () ->
                iam.uploadServerCertificate(
                    r ->
                        r.serverCertificateName(name())
                            .certificateBody(ec.pem())
                            .privateKey(other.key())))
        .isInstanceOf(KeyPairMismatchException.class);
  }

  /// It has the right modulus, and cannot sign.
  @Test
  void a_key_that_only_looks_like_the_certificates() throws Exception {
    RSAPrivateCrtKey right = (RSAPrivateCrtKey) rsa.getPrivate();
    var wrong =
        KeyFactory.getInstance("RSA")
            .generatePrivate(
                new RSAPrivateCrtKeySpec(
                    right.getModulus(),
                    right.getPublicExponent(),
                    right.getPrivateExponent().add(BigInteger.TWO),
                    right.getPrimeP(),
                    right.getPrimeQ(),
                    right.getPrimeExponentP(),
                    right.getPrimeExponentQ(),
                    right.getCrtCoefficient()));

    Reply reply = tried(usual.pem(), Pem.write("PRIVATE KEY", wrong.getEncoded()));

    assertThat(reply.code()).isEqualTo("KeyPairMismatch");
  }

  @Test
  void a_certificate_that_is_not_valid_yet_or_any_longer() throws Exception {
    Instant now = new TestClock().instant();

    for (Issued outside :
        List.of(
            TestCertificates.selfSigned(rsa, TestCertificates.LONG_AGO, now.minusSeconds(60)),
            TestCertificates.selfSigned(rsa, now.plusSeconds(60), TestCertificates.FAR_AWAY))) {
      assertThatThrownBy(() -> upload(outside))
          .isInstanceOf(MalformedCertificateException.class)
          .hasMessageContaining("The certificate is valid from ");
    }
  }

  @Test
  void names_that_differ_only_in_case_collide() throws Exception {
    String name = upload(usual);
    Issued other = TestCertificates.selfSigned();

    assertThatThrownBy(
            () ->
                iam.uploadServerCertificate(
                    r ->
                        r.serverCertificateName(name.toUpperCase(Locale.ROOT))
                            .certificateBody(other.pem())
                            .privateKey(other.key())))
        .isInstanceOf(EntityAlreadyExistsException.class)
        .hasMessageContaining(
            "The Server Certificate with name %s already exists."
                .formatted(name.toUpperCase(Locale.ROOT)));
  }

  @Test
  void a_certificate_gets_another_name_and_path_and_stays_what_it_is() {
    String name = upload(usual);
    String other = upload(usual);
    String changed = name();
    iam.tagServerCertificate(
        r -> r.serverCertificateName(name).tags(Tag.builder().key("kept").value("yes").build()));

    iam.updateServerCertificate(
        r ->
            r.serverCertificateName(name)
                .newServerCertificateName(changed.toUpperCase(Locale.ROOT))
                .newPath("/moved/"));
    iam.updateServerCertificate(
        r -> r.serverCertificateName(changed).newServerCertificateName(changed));

    var got = iam.getServerCertificate(r -> r.serverCertificateName(changed)).serverCertificate();
    assertThat(got.serverCertificateMetadata().arn())
        .isEqualTo("arn:aws:iam::111122223333:server-certificate/moved/" + changed);
    assertThat(got.certificateBody()).isEqualTo(usual.pem().strip());
    assertThat(got.tags()).hasSize(1);
    assertThatThrownBy(
            () ->
                iam.updateServerCertificate(
                    r -> r.serverCertificateName(changed).newServerCertificateName(other)))
        .isInstanceOf(EntityAlreadyExistsException.class);
  }

  @Test
  void who_renames_must_be_allowed_to_change_both() {
    People people = new People(wire);
    Person person = people.user();
    String name = upload(usual);
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "iam:UpdateServerCertificate",
         "Resource": "arn:aws:iam::111122223333:server-certificate/%s*"}
        """
            .formatted(name));
    String elsewhere = name();

    Reply refused = update(person, name, elsewhere);
    Reply moved =
        wire.iam(
            person.key(),
            "UpdateServerCertificate",
            "ServerCertificateName",
            name,
            "NewPath",
            "/other/");

    assertThat(refused.code()).isEqualTo("AccessDenied");
    assertThat(refused.message()).contains("server-certificate/" + elsewhere);
    assertThat(moved.code()).isEqualTo("AccessDenied");
    assertThat(update(person, name, name + "-2").code()).isEqualTo("OK");
  }

  private Reply update(Person person, String name, String newName) {
    return wire.iam(
        person.key(),
        "UpdateServerCertificate",
        "ServerCertificateName",
        name,
        "NewServerCertificateName",
        newName);
  }

  @Test
  void tags_come_and_go_and_conditions_look_at_them() {
    People people = new People(wire);
    Person person = people.user();
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "iam:DeleteServerCertificate", "Resource": "*",
         "Condition": {"StringEquals": {"aws:ResourceTag/team": "web"}}}
        """);
    String name = upload(usual);
    assertThat(delete(person, name).code()).isEqualTo("AccessDenied");

    iam.tagServerCertificate(
        r ->
            r.serverCertificateName(name)
                .tags(
                    Tag.builder().key("team").value("web").build(),
                    Tag.builder().key("zone").value("a").build()));
    var first = iam.listServerCertificateTags(r -> r.serverCertificateName(name).maxItems(1));
    iam.untagServerCertificate(r -> r.serverCertificateName(name).tagKeys("ZONE"));

    assertThat(first.isTruncated()).isTrue();
    assertThat(iam.listServerCertificateTags(r -> r.serverCertificateName(name)).tags())
        .extracting(Tag::key)
        .containsExactly("team");
    assertThatThrownBy(
            () ->
                iam.tagServerCertificate(
                    r ->
                        r.serverCertificateName(name)
                            .tags(
                                Tag.builder().key("a").value("1").build(),
                                Tag.builder().key("A").value("2").build())))
        .isInstanceOf(InvalidInputException.class);
    assertThat(delete(person, name).code()).isEqualTo("OK");
  }

  private Reply delete(Person person, String name) {
    return wire.iam(person.key(), "DeleteServerCertificate", "ServerCertificateName", name);
  }

  @Test
  void what_is_not_there_cannot_be_read_or_changed() {
    for (String action :
        List.of(
            "GetServerCertificate",
            "UpdateServerCertificate",
            "DeleteServerCertificate",
            "TagServerCertificate",
            "UntagServerCertificate",
            "ListServerCertificateTags")) {
      Reply reply =
          wire.iam(
              Key.ADMIN,
              action,
              "ServerCertificateName",
              "none",
              "Tags.member.1.Key",
              "k",
              "Tags.member.1.Value",
              "v",
              "TagKeys.member.1",
              "k");

      assertThat(reply.code()).as(action).isEqualTo("NoSuchEntity");
      assertThat(reply.message())
          .isEqualTo("The Server Certificate with name none cannot be found.");
    }
    assertThatThrownBy(() -> iam.getServerCertificate(r -> r.serverCertificateName("none")))
        .isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void what_is_too_long_is_refused_and_the_key_is_not_repeated() {
    Reply reply = tried(usual.pem(), "secret".repeat(3000));

    assertThat(reply.code()).isEqualTo("ValidationError");
    assertThat(reply.body()).doesNotContain("secretsecret").contains("16384");
    assertThat(tried("x".repeat(16385), usual.key()).code()).isEqualTo("ValidationError");
  }

  @Test
  void an_account_has_twenty_at_most_whoever_comes_at_once() throws Exception {
    List<String> codes = atOnce(24, _ -> tried(usual.pem(), usual.key()));

    assertThat(Collections.frequency(codes, "OK")).isEqualTo(20);
    assertThat(Collections.frequency(codes, "LimitExceeded")).isEqualTo(4);
    assertThat(iam.listServerCertificates().serverCertificateMetadataList()).hasSize(20);
    assertThatThrownBy(() -> upload(usual))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Cannot exceed quota for ServerCertificatesPerAccount: 20");
  }

  @Test
  void one_name_is_given_once_to_whoever_comes_at_once() throws Exception {
    String wanted = name();
    List<String> others = IntStream.range(0, 4).mapToObj(_ -> upload(usual)).toList();

    List<String> codes =
        atOnce(
            8,
            i ->
                i % 2 == 0
                    ? wire.iam(
                        Key.ADMIN,
                        "UpdateServerCertificate",
                        "ServerCertificateName",
                        others.get(i / 2),
                        "NewServerCertificateName",
                        wanted)
                    : wire.iam(
                        Key.ADMIN,
                        "UploadServerCertificate",
                        "ServerCertificateName",
                        wanted.toUpperCase(Locale.ROOT),
                        "CertificateBody",
                        usual.pem(),
                        "PrivateKey",
                        usual.key()));

    assertThat(Collections.frequency(codes, "OK")).isEqualTo(1);
    assertThat(Collections.frequency(codes, "EntityAlreadyExists")).isEqualTo(7);
  }
}
