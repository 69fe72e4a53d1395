package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.TestAuthority.Certificate;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.pem.Pem;
import dev.daypass.client.Credentials;
import dev.daypass.client.sources.AccessKey;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.client.sources.BrokerConnection;
import dev.daypass.client.sources.CertificateFile;
import dev.daypass.client.sources.ChainedRole;
import dev.daypass.client.sources.Fetched;
import dev.daypass.client.sources.RoleRequest;
import dev.daypass.client.sources.RolesAnywhere;
import dev.daypass.client.sources.SecurityTokenService;
import dev.daypass.client.sources.SecurityTokenService.Standing;
import dev.daypass.wire.Secret;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a workload's credentials come from, asked of the broker itself.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ClientSourcesTest {
  @TestHTTPResource URI server;
  @TempDir Path folder;
  private Wire wire;
  private People people;
  private Anywhere anywhere;

  /// By how much the clock of the workload's computer is wrong.
  private Duration ahead = Duration.ZERO;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    anywhere = new Anywhere(wire);
  }

  /// The broker's clock is moved in tests.
  private BrokerConnection connection() throws IOException {
    return BrokerConnection.to(
        URI.create("http://127.0.0.1:" + server.getPort()),
        Optional.empty(),
        false,
        new BrokerClock(() -> new TestClock().instant().plus(ahead)));
  }

  private static RoleRequest request(String role) {
    return new RoleRequest(role, "workload", Duration.ofHours(1), Optional.empty(), Map.of());
  }

  private CertificateFile files(PrivateKey key, Certificate... chain) throws IOException {
    StringBuilder pem = new StringBuilder();
    for (Certificate certificate : chain) {
      pem.append(certificate.pem());
    }
    return new CertificateFile(
        Files.writeString(folder.resolve("certificate.pem"), pem),
        Files.writeString(folder.resolve("key.pem"), Pem.write("PRIVATE KEY", key.getEncoded())));
  }

  private Fetched byCertificate(Certificate root, CertificateFile files) throws Exception {
    String anchor = anywhere.trustAnchor(root).getString("trustAnchorArn");
    String role = people.role(Anywhere.trusting(anchor, ""));
    String profile = anywhere.profile(new JsonObject(), role).getString("profileArn");
    return new RolesAnywhere(connection(), request(role), files, anchor, profile).fetch();
  }

  private static Credentials given(Fetched fetched) {
    assertThat(fetched).isInstanceOf(Fetched.Fresh.class);
    return ((Fetched.Fresh) fetched).credentials();
  }

  private Standing standing(Credentials credentials) throws IOException {
    return new SecurityTokenService(connection()).standing(credentials);
  }

  @Test
  void a_certificate_of_either_kind_of_key_becomes_credentials() throws Exception {
    for (KeyPair pair :
        new KeyPair[] {TestCertificates.ec("secp256r1"), TestCertificates.rsa(2048)}) {
      Certificate root = TestAuthority.root();
      Certificate leaf = root.issuing("CN=cart", pair).issue();

      Credentials credentials = given(byCertificate(root, files(pair.getPrivate(), leaf)));

      assertThat(credentials.arn()).contains(":assumed-role/");
      assertThat(standing(credentials)).isEqualTo(Standing.ALIVE);
    }
  }

  @Test
  void a_certificate_comes_with_what_stands_between_it_and_the_trust_anchor() throws Exception {
    Certificate root = TestAuthority.root();
    Certificate between =
        root.issuing("CN=Between", TestCertificates.ec("secp256r1")).authority(0).issue();
    KeyPair pair = TestCertificates.ec("secp256r1");
    Certificate leaf = between.issuing("CN=cart", pair).issue();

    given(byCertificate(root, files(pair.getPrivate(), leaf, between)));
  }

  @Test
  void a_key_that_is_not_the_certificates_is_refused_with_the_brokers_reason() throws Exception {
    Certificate root = TestAuthority.root();
    Certificate leaf = root.issuing("CN=cart", TestCertificates.ec("secp256r1")).issue();
    PrivateKey another = TestCertificates.ec("secp256r1").getPrivate();

    assertThat(byCertificate(root, files(another, leaf)))
        .isInstanceOfSatisfying(
            Fetched.Refused.class,
            no -> {
              assertThat(no.code()).isNotEqualTo("null").isNotEmpty();
              assertThat(no.message()).contains("signature");
            });
  }

  @Test
  void a_computer_whose_clock_is_wrong_by_hours_gets_credentials_all_the_same() throws Exception {
    ahead = Duration.ofHours(3);
    KeyPair pair = TestCertificates.ec("secp256r1");
    Certificate root = TestAuthority.root();
    Certificate leaf = root.issuing("CN=cart", pair).issue();
    Person alice = people.user();

    given(byCertificate(root, files(pair.getPrivate(), leaf)));
    assertThat(standing(given(byKey(alice, people.role(People.trusting(alice))))))
        .isEqualTo(Standing.ALIVE);
  }

  @Test
  void files_that_hold_something_else_are_read_again_later() throws Exception {
    Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");

    assertThat(byCertificate(TestAuthority.root(), new CertificateFile(nothing, nothing)))
        .isInstanceOf(Fetched.Away.class);
  }

  @Test
  void a_session_that_was_revoked_is_known_to_have_ended() throws Exception {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    Credentials credentials = given(byKey(alice, role));
    Fetched chained =
        new ChainedRole(
                new SecurityTokenService(connection()),
                request(people.role(trusting(role))),
                () -> new Fetched.Fresh(credentials))
            .fetch();
    assertThat(standing(credentials)).isEqualTo(Standing.ALIVE);

    People.ok(wire.daypass(Key.ADMIN, "RevokeSession", "SessionId", credentials.accessKeyId()));

    assertThat(standing(credentials)).isEqualTo(Standing.ENDED);
    assertThat(standing(given(chained))).isEqualTo(Standing.ENDED);
  }

  @Test
  void a_role_that_trusts_somebody_else_is_refused() throws Exception {
    String role = people.role(People.trusting(people.user()));

    assertThat(byKey(people.user(), role))
        .isInstanceOfSatisfying(
            Fetched.Refused.class, no -> assertThat(no.code()).isEqualTo("AccessDenied"));
  }

  private Fetched byKey(Person person, String role) throws IOException {
    Key key = person.key();
    return new AccessKey(
            new SecurityTokenService(connection()),
            request(role),
            key.id(),
            Secret.of(key.secret()))
        .fetch();
  }

  private static String trusting(String arn) {
    return "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"%s\"}, \"Action\": \"sts:AssumeRole\"}"
        .formatted(arn);
  }
}
