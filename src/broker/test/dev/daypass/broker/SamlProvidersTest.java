package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.samlproviders.AssertingParty;
import dev.daypass.broker.samlproviders.PostgresSamlProviders;
import dev.daypass.broker.samlproviders.PrivateKeys;
import dev.daypass.wire.Secret;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssertionEncryptionModeType;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.SAMLPrivateKey;
import software.amazon.awssdk.services.iam.model.SAMLProviderListEntry;
import software.amazon.awssdk.services.iam.model.Tag;

/// SAML providers, as AWS documents them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SamlProvidersTest {
  private static final String ISSUER = "https://idp.example.com/saml";

  @TestHTTPResource URI server;
  @Inject PostgresSamlProviders stored;
  @Inject PrivateKeys privateKeys;
  private Wire wire;
  private People people;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
  }

  private static String name() {
    return "idp-" + UUID.randomUUID();
  }

  private static String arn(String name) {
    return "arn:aws:iam::111122223333:saml-provider/" + name;
  }

  private String provider(String name) {
    return iam.createSAMLProvider(r -> r.name(name).samlMetadataDocument(Metadata.document(ISSUER)))
        .samlProviderArn();
  }

  private String encrypted(String name, String key) {
    return iam.createSAMLProvider(
            r ->
                r.name(name)
                    .samlMetadataDocument(Metadata.document(ISSUER))
                    .assertionEncryptionMode(AssertionEncryptionModeType.REQUIRED)
                    .addPrivateKey(key))
        .samlProviderArn();
  }

  private List<String> keyIds(String arn) {
    return iam.getSAMLProvider(r -> r.samlProviderArn(arn)).privateKeyList().stream()
        .map(SAMLPrivateKey::keyId)
        .toList();
  }

  private Reply admin(String action, String... parameters) {
    return wire.iam(Key.ADMIN, action, parameters);
  }

  private static List<String> atOnce(int times, IntFunction<Reply> call) throws Exception {
    List<Callable<Reply>> calls =
        IntStream.range(0, times).<Callable<Reply>>mapToObj(i -> () -> call.apply(i)).toList();
    List<String> codes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(calls)) {
        codes.add(done.get().code());
      }
    }
    return codes;
  }

  private static <T> T onBroker(Supplier<Uni<T>> asked) {
    try {
      return VertxContextSupport.subscribeAndAwait(asked);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<AssertingParty> kept(String arn) {
    return onBroker(() -> stored.find(arn));
  }

  @Test
  void a_provider_is_made_and_comes_back_as_it_went() {
    String name = name();
    String document =
        Metadata.document(ISSUER).replace("\n", "\r\n") + "<!-- \u00e9\ud83d\udd11 & -->";
    int before = iam.getAccountSummary().summaryMapAsStrings().get("Providers");

    var created =
        iam.createSAMLProvider(
            r ->
                r.name(name)
                    .samlMetadataDocument(document)
                    .tags(
                        Tag.builder().key("team").value("it").build(),
                        Tag.builder().key("env").value("test").build()));

    var got = iam.getSAMLProvider(r -> r.samlProviderArn(created.samlProviderArn()));
    assertThat(created.samlProviderArn()).isEqualTo(arn(name));
    assertThat(created.tags()).extracting(Tag::key).containsExactly("env", "team");
    assertThat(got.samlMetadataDocument()).isEqualTo(document);
    assertThat(got.samlProviderUUID()).matches("[A-Z0-9]{22,64}");
    assertThat(got.tags()).isEqualTo(created.tags());
    assertThat(got.assertionEncryptionMode()).isNull();
    assertThat(got.privateKeyList()).isEmpty();
    assertThat(got.validUntil())
        .isEqualTo(got.createDate().atOffset(ZoneOffset.UTC).plusYears(100).toInstant());
    assertThat(iam.getAccountSummary().summaryMapAsStrings())
        .containsEntry("Providers", before + 1);
    assertThat(iam.listSAMLProviders().samlProviderList())
        .contains(
            SAMLProviderListEntry.builder()
                .arn(arn(name))
                .validUntil(got.validUntil())
                .createDate(got.createDate())
                .build());
  }

  @Test
  void what_assertions_are_checked_against_follows_every_change() {
    String arn = provider(name());
    AssertingParty first = kept(arn).orElseThrow();

    iam.updateSAMLProvider(
        r ->
            r.samlProviderArn(arn)
                .samlMetadataDocument(
                    Metadata.document(
                        "https://next.example.com",
                        "validUntil=\"2040-01-02T03:04:05Z\"",
                        Metadata.key("", Metadata.certificate("next")))));
    AssertingParty second = kept(arn).orElseThrow();
    iam.deleteSAMLProvider(r -> r.samlProviderArn(arn));

    assertThat(first.entityId()).isEqualTo(ISSUER);
    assertThat(first.account()).isEqualTo("111122223333");
    assertThat(first.encryptionRequired()).isFalse();
    assertThat(second.entityId()).isEqualTo("https://next.example.com");
    assertThat(second.signingCertificates()).isNotEqualTo(first.signingCertificates());
    assertThat(second.validUntil()).isEqualTo(Instant.parse("2040-01-02T03:04:05Z"));
    assertThat(kept(arn)).isEmpty();
  }

  @Test
  void private_keys_are_kept_and_never_shown() {
    String key = Metadata.privateKey(2048);
    String arn = encrypted(name(), key);

    var got = admin("GetSAMLProvider", "SAMLProviderArn", arn);

    String content = key.replaceAll("-----.*-----|\\s", "");
    assertThat(got.text("AssertionEncryptionMode")).isEqualTo("Required");
    assertThat(got.text("KeyId")).matches("[A-Z0-9]{22,64}");
    assertThat(got.body()).doesNotContain(content.substring(100, 140));
    assertThat(kept(arn).orElseThrow().encryptionRequired()).isTrue();
    assertThat(onBroker(() -> privateKeys.of(arn)))
        .containsExactly(Secret.of(Base64.getDecoder().decode(content)));
  }

  @Test
  void a_private_key_in_the_older_form_of_rsa_is_the_same_key() throws Exception {
    byte[] pkcs8 = Metadata.pkcs8("RSA", 2048);
    byte[] pkcs1 =
        PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey().toASN1Primitive().getEncoded();

    String arn = encrypted(name(), Metadata.pem("RSA PRIVATE KEY", pkcs1));

    assertThat(onBroker(() -> privateKeys.of(arn))).containsExactly(Secret.of(pkcs8));
  }

  @Test
  void keys_change_over_one_by_one() {
    String arn = encrypted(name(), Metadata.privateKey(2048));
    String old = keyIds(arn).getFirst();

    iam.updateSAMLProvider(r -> r.samlProviderArn(arn).addPrivateKey(Metadata.privateKey(2048)));
    assertThatThrownBy(
            () ->
                iam.updateSAMLProvider(
                    r -> r.samlProviderArn(arn).addPrivateKey(Metadata.privateKey(2048))))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Private key limit of 2 is reached.");
    iam.updateSAMLProvider(r -> r.samlProviderArn(arn).removePrivateKey(old));

    assertThat(keyIds(arn)).hasSize(1).doesNotContain(old);
    assertThatThrownBy(
            () -> iam.updateSAMLProvider(r -> r.samlProviderArn(arn).removePrivateKey(old)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("the Key ID does not match a private key.");
  }

  @Test
  void who_demands_encryption_keeps_a_key() {
    String name = name();
    String arn = encrypted(name, Metadata.privateKey(2048));
    String plain = provider(name());
    String only = keyIds(arn).getFirst();

    assertThatThrownBy(
            () -> iam.updateSAMLProvider(r -> r.samlProviderArn(arn).removePrivateKey(only)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Failed to remove private key.");
    assertThatThrownBy(
            () ->
                iam.updateSAMLProvider(
                    r -> r.samlProviderArn(plain).assertionEncryptionMode("Required")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "Unable to set assertion encryption mode to Required because no private key is");
    assertThat(
            admin(
                    "CreateSAMLProvider",
                    "Name",
                    name(),
                    "SAMLMetadataDocument",
                    Metadata.document(ISSUER),
                    "AssertionEncryptionMode",
                    "Required")
                .code())
        .isEqualTo("InvalidInput");
    assertThat(keyIds(arn)).containsExactly(only);
    assertThat(kept(plain).orElseThrow().encryptionRequired()).isFalse();

    iam.updateSAMLProvider(
        r -> r.samlProviderArn(arn).removePrivateKey(only).assertionEncryptionMode("Allowed"));

    assertThat(keyIds(arn)).isEmpty();
    assertThat(iam.getSAMLProvider(r -> r.samlProviderArn(arn)).assertionEncryptionMode())
        .isEqualTo(AssertionEncryptionModeType.ALLOWED);
  }

  @Test
  void a_private_key_that_is_none_of_ours() {
    String good = Metadata.privateKey(2048);
    for (String bad :
        List.of(
            "key",
            Metadata.privateKey(1024),
            Metadata.pem("PRIVATE KEY", Metadata.pkcs8("EC", 256)),
            Metadata.pem("PRIVATE KEY", new byte[] {1, 2, 3}),
            Metadata.pem("RSA PRIVATE KEY", new byte[] {1, 2, 3}),
            good.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
            good.replace("PRIVATE KEY", "CERTIFICATE"),
            good.replaceFirst("\n", "\nDEK-Info: AES-128-CBC,00\n\n"),
            good.substring(0, 300),
            good + good)) {
      Reply reply =
          admin(
              "CreateSAMLProvider",
              "Name",
              name(),
              "SAMLMetadataDocument",
              Metadata.document(ISSUER),
              "AddPrivateKey",
              bad);

      assertThat(reply.code()).as(bad).isEqualTo("InvalidInput");
      assertThat(reply.message()).isEqualTo("Invalid private key.");
    }
  }

  @Test
  void an_update_that_says_nothing_or_two_things() {
    String arn = encrypted(name(), Metadata.privateKey(2048));

    assertThatThrownBy(() -> iam.updateSAMLProvider(r -> r.samlProviderArn(arn)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("No updates are defined for metadata or encryption assertion.");
    assertThatThrownBy(
            () ->
                iam.updateSAMLProvider(
                    r ->
                        r.samlProviderArn(arn)
                            .addPrivateKey(Metadata.privateKey(2048))
                            .removePrivateKey(keyIds(arn).getFirst())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Unable to add and remove private keys in the same request.");
  }

  @Test
  void what_is_no_metadata_is_refused_and_changes_nothing() {
    String arn = provider(name());
    String bad = Metadata.document(ISSUER).replace("IDPSSODescriptor", "SPSSODescriptor");
    String laughs =
        Metadata.document(ISSUER)
            .replace("<!-- As", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><!-- As")
            .replace("Example<", "&e;<");

    for (String document : List.of(bad, laughs, "x".repeat(1000))) {
      assertThatThrownBy(
              () -> iam.createSAMLProvider(r -> r.name(name()).samlMetadataDocument(document)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("Could not parse metadata. ")
          .hasMessageNotContaining("root:");
      assertThatThrownBy(
              () ->
                  iam.updateSAMLProvider(
                      r -> r.samlProviderArn(arn).samlMetadataDocument(document)))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThat(iam.getSAMLProvider(r -> r.samlProviderArn(arn)).samlMetadataDocument())
        .isEqualTo(Metadata.document(ISSUER));
  }

  @Test
  void what_is_too_short_too_long_or_misnamed() {
    String document = Metadata.document(ISSUER);

    assertThat(create("a/b", document).message())
        .contains("at 'name' failed to satisfy constraint")
        .contains("[\\w._-]+");
    assertThat(create("x".repeat(129), document).code()).isEqualTo("ValidationError");
    assertThat(create(name(), "<short/>").message())
        .contains("Member must have length greater than or equal to 1000");
    assertThat(create(name(), document + " ".repeat(262_145)).message())
        .contains("Member must have length less than or equal to 262144");
    assertThat(
            admin(
                    "CreateSAMLProvider",
                    "Name",
                    name(),
                    "SAMLMetadataDocument",
                    document,
                    "AssertionEncryptionMode",
                    "Perhaps")
                .message())
        .contains("Member must satisfy enum value set: [Required, Allowed]");
  }

  private Reply create(String name, String document) {
    return admin("CreateSAMLProvider", "Name", name, "SAMLMetadataDocument", document);
  }

  @Test
  void bytes_that_are_not_utf_8() {
    String body =
        "Action=CreateSAMLProvider&Version=2010-05-08&Name=latin1&SAMLMetadataDocument=%E9"
            + "x".repeat(1000);

    assertThat(wire.send(wire.signed(Key.ADMIN, "iam", body)).code())
        .isEqualTo("MalformedQueryString");
  }

  @Test
  void one_that_is_there_cannot_be_made_again_until_it_is_deleted() {
    String name = name();
    String arn = encrypted(name, Metadata.privateKey(2048));
    String uuid = iam.getSAMLProvider(r -> r.samlProviderArn(arn)).samlProviderUUID();
    iam.tagSAMLProvider(
        r -> r.samlProviderArn(arn).tags(Tag.builder().key("old").value("tag").build()));

    assertThatThrownBy(() -> provider(name.toUpperCase(Locale.ROOT)))
        .isInstanceOf(EntityAlreadyExistsException.class)
        .hasMessageContaining("already exists.");
    iam.deleteSAMLProvider(r -> r.samlProviderArn(arn));
    assertThatThrownBy(() -> iam.deleteSAMLProvider(r -> r.samlProviderArn(arn)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("Manifest not found for arn " + arn);

    assertThat(provider(name)).isEqualTo(arn);
    var again = iam.getSAMLProvider(r -> r.samlProviderArn(arn));
    assertThat(again.samlProviderUUID()).isNotEqualTo(uuid);
    assertThat(again.tags()).isEmpty();
    assertThat(again.privateKeyList()).isEmpty();
  }

  @Test
  void tags_come_and_go() {
    String arn = provider(name());

    iam.tagSAMLProvider(
        r ->
            r.samlProviderArn(arn)
                .tags(
                    Tag.builder().key("a").value("1").build(),
                    Tag.builder().key("b").value("2").build()));
    var first = iam.listSAMLProviderTags(r -> r.samlProviderArn(arn).maxItems(1));
    iam.untagSAMLProvider(r -> r.samlProviderArn(arn).tagKeys("A"));

    assertThat(first.isTruncated()).isTrue();
    assertThat(iam.listSAMLProviderTags(r -> r.samlProviderArn(arn)).tags())
        .extracting(Tag::key)
        .containsExactly("b");
  }

  @Test
  void what_is_not_there_or_another_accounts_cannot_be_read_or_changed() {
    for (String arn :
        List.of(
            arn(name()),
            "arn:aws:iam::444455556666:saml-provider/idp",
            "arn:aws:iam::111122223333:oidc-provider/idp.example.com",
            "not-an-arn-but-long-enough")) {
      for (String action :
          List.of(
              "GetSAMLProvider",
              "UpdateSAMLProvider",
              "DeleteSAMLProvider",
              "TagSAMLProvider",
              "UntagSAMLProvider",
              "ListSAMLProviderTags")) {
        Reply reply =
            admin(
                action,
                "SAMLProviderArn",
                arn,
                "AssertionEncryptionMode",
                "Allowed",
                "Tags.member.1.Key",
                "k",
                "Tags.member.1.Value",
                "v",
                "TagKeys.member.1",
                "k");

        assertThat(reply.code()).as(action).isEqualTo("NoSuchEntity");
        assertThat(reply.message()).isEqualTo("Manifest not found for arn " + arn);
      }
    }
  }

  @Test
  void policies_see_the_provider_and_its_tags() {
    String mine = provider(name());
    String other = provider(name());
    iam.tagSAMLProvider(
        r -> r.samlProviderArn(mine).tags(Tag.builder().key("team").value("it").build()));
    Person person = people.user();
    people.allow(
        person,
        """
            {"Effect": "Allow", "Action": "iam:*SAMLProvider*",
             "Resource": "arn:aws:iam::111122223333:saml-provider/*",
             "Condition": {"StringEquals": {"aws:ResourceTag/team": "it"}}}
            """);

    assertThat(wire.iam(person.key(), "GetSAMLProvider", "SAMLProviderArn", mine).code())
        .isEqualTo("OK");
    assertThat(wire.iam(person.key(), "GetSAMLProvider", "SAMLProviderArn", other).code())
        .isEqualTo("AccessDenied");
    assertThat(wire.iam(person.key(), "DeleteSAMLProvider", "SAMLProviderArn", other).code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void simultaneous_creations_of_one_name_make_one() throws Exception {
    String name = name();

    List<String> codes = atOnce(8, _ -> create(name, Metadata.document(ISSUER)));

    assertThat(Collections.frequency(codes, "OK")).as("%s", codes).isEqualTo(1);
    assertThat(Collections.frequency(codes, "EntityAlreadyExists")).isEqualTo(7);
  }

  @Test
  void simultaneous_additions_leave_two_keys() throws Exception {
    String arn = provider(name());
    List<String> keys = IntStream.range(0, 6).mapToObj(_ -> Metadata.privateKey(2048)).toList();

    List<String> codes =
        atOnce(
            6,
            i -> admin("UpdateSAMLProvider", "SAMLProviderArn", arn, "AddPrivateKey", keys.get(i)));

    assertThat(Collections.frequency(codes, "OK")).as("%s", codes).isEqualTo(2);
    assertThat(Collections.frequency(codes, "LimitExceeded")).isEqualTo(4);
    assertThat(keyIds(arn)).hasSize(2);
  }

  @Test
  void an_account_has_a_hundred_providers_at_most() throws Exception {
    int there = iam.listSAMLProviders().samlProviderList().size();

    List<String> codes = atOnce(103 - there, _ -> create(name(), Metadata.document(ISSUER)));

    List<SAMLProviderListEntry> all = iam.listSAMLProviders().samlProviderList();
    all.forEach(entry -> iam.deleteSAMLProvider(r -> r.samlProviderArn(entry.arn())));
    assertThat(all).hasSize(100);
    assertThat(Collections.frequency(codes, "LimitExceeded")).isEqualTo(3);
    assertThat(iam.listSAMLProviders().samlProviderList()).isEmpty();
  }
}
