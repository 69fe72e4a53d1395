package dev.daypass.broker;

import static dev.daypass.broker.Race.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.TestCertificates.Issued;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.DuplicateCertificateException;
import software.amazon.awssdk.services.iam.model.InvalidCertificateException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedCertificateException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.SigningCertificate;
import software.amazon.awssdk.services.iam.model.StatusType;

/// Signing certificates, as AWS documents them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SigningCertificatesTest {
  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
  }

  private SigningCertificate upload(Person person, String body) {
    return iam.uploadSigningCertificate(r -> r.userName(person.name()).certificateBody(body))
        .certificate();
  }

  private List<SigningCertificate> of(Person person) {
    return iam.listSigningCertificates(r -> r.userName(person.name())).certificates();
  }

  @Test
  void a_certificate_is_uploaded_listed_put_aside_and_deleted() throws Exception {
    Person person = people.user();
    String body = TestCertificates.selfSigned().pem();

    SigningCertificate uploaded = upload(person, body);

    assertThat(uploaded.certificateId()).matches("[A-Z2-7]{32}");
    assertThat(uploaded.certificateBody()).isEqualTo(body);
    assertThat(uploaded.status()).isEqualTo(StatusType.ACTIVE);
    assertThat(uploaded.userName()).isEqualTo(person.name());
    assertThat(uploaded.uploadDate()).isNotNull();
    assertThat(of(person)).containsExactly(uploaded);
    iam.updateSigningCertificate(
        r ->
            r.userName(person.name())
                .certificateId(uploaded.certificateId())
                .status(StatusType.INACTIVE));
    assertThat(of(person))
        .extracting(SigningCertificate::status)
        .containsExactly(StatusType.INACTIVE);
    iam.deleteSigningCertificate(
        r -> r.userName(person.name()).certificateId(uploaded.certificateId()));
    assertThat(of(person)).isEmpty();
    assertThat(upload(person, body).certificateId()).isNotEqualTo(uploaded.certificateId());
    assertThat(iam.getAccountSummary().summaryMapAsStrings())
        .containsEntry("SigningCertificatesPerUserQuota", 2)
        .containsEntry("AccountSigningCertificatesPresent", 0);
  }

  @Test
  void without_a_name_it_is_the_callers_own() throws Exception {
    Person person = people.user();
    people.allow(
        person,
        "{\"Effect\": \"Allow\", \"Action\": \"iam:*SigningCertificate*\", \"Resource\": \"%s\"}"
            .formatted(person.arn()));
    IamClient own = Sdk.iam(wire.server(), person.key());

    SigningCertificate uploaded =
        own.uploadSigningCertificate(r -> r.certificateBody(selfSigned())).certificate();
    own.updateSigningCertificate(
        r -> r.certificateId(uploaded.certificateId()).status(StatusType.INACTIVE));

    assertThat(own.listSigningCertificates().certificates()).hasSize(1);
    assertThat(of(person))
        .extracting(SigningCertificate::status)
        .containsExactly(StatusType.INACTIVE);
    own.deleteSigningCertificate(r -> r.certificateId(uploaded.certificateId()));
    assertThat(of(person)).isEmpty();
  }

  private static String selfSigned() {
    try {
      return TestCertificates.selfSigned().pem();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_session_of_a_role_has_none_of_its_own() {
    Person person = people.user();
    String role = people.role(People.trusting(person));
    people.allow(
        person, "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}");
    Key session =
        wire.sts(person.key(), "AssumeRole", "RoleArn", role, "RoleSessionName", "s1")
            .credentials();

    Reply reply = wire.iam(session, "ListSigningCertificates");

    assertThat(reply.code()).isEqualTo("ValidationError");
    assertThat(reply.message())
        .isEqualTo("Must specify userName when calling with non-User credentials");
  }

  @Test
  void pages_are_as_small_as_one_likes() {
    Person person = people.user();
    upload(person, selfSigned());
    upload(person, selfSigned());

    var first = iam.listSigningCertificates(r -> r.userName(person.name()).maxItems(1));
    var second = iam.listSigningCertificates(r -> r.userName(person.name()).marker(first.marker()));

    assertThat(first.isTruncated()).isTrue();
    assertThat(second.isTruncated()).isFalse();
    assertThat(List.of(first.certificates().getFirst(), second.certificates().getFirst()))
        .containsExactlyInAnyOrderElementsOf(of(person));
  }

  @Test
  void what_is_no_certificate_or_not_valid_now() throws Exception {
    Person person = people.user();
    Instant now = new TestClock().instant();
    Issued old =
        TestCertificates.selfSigned(
            TestCertificates.ec("secp256r1"), TestCertificates.LONG_AGO, now.minusSeconds(60));
    Issued young =
        TestCertificates.selfSigned(
            TestCertificates.ec("secp256r1"), now.plusSeconds(60), TestCertificates.FAR_AWAY);

    assertThatThrownBy(() -> upload(person, "invalid-certificate-body"))
        .isInstanceOf(MalformedCertificateException.class)
        .hasMessageContaining("Certificate invalid-certificate-body is malformed.");
    assertThatThrownBy(() -> upload(person, old.pem() + young.pem()))
        .isInstanceOf(MalformedCertificateException.class);
    for (Issued outside : List.of(old, young)) {
      assertThatThrownBy(() -> upload(person, outside.pem()))
          .isInstanceOf(InvalidCertificateException.class);
    }
  }

  @Test
  void one_certificate_is_one_users_however_it_is_written() {
    Person person = people.user();
    Person other = people.user();
    String body = selfSigned();
    upload(person, body);

    for (Person each : List.of(person, other)) {
      assertThatThrownBy(() -> upload(each, body.replace("\n", "\r\n") + "\n"))
          .isInstanceOf(DuplicateCertificateException.class)
          .hasMessageContaining(
              "The same certificate is associated with an IAM user in the account.");
    }
  }

  @Test
  void what_is_not_there_or_another_users_cannot_be_changed() {
    Person person = people.user();
    Person other = people.user();
    String id = upload(other, selfSigned()).certificateId();
    String message = "The Certificate with id %s cannot be found.".formatted(id);

    assertThatThrownBy(
            () ->
                iam.updateSigningCertificate(
                    r -> r.userName(person.name()).certificateId(id).status(StatusType.INACTIVE)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(
            () -> iam.deleteSigningCertificate(r -> r.userName(person.name()).certificateId(id)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(
            () ->
                iam.updateSigningCertificate(
                    r -> r.userName(other.name()).certificateId(id).status(StatusType.EXPIRED)))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> iam.listSigningCertificates(r -> r.userName("nobody-" + id)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("The user with name nobody-" + id + " cannot be found.");
    assertThat(of(other)).extracting(SigningCertificate::status).containsExactly(StatusType.ACTIVE);
  }

  @Test
  void a_user_with_one_is_not_deleted() {
    Person person = people.user();
    iam.deleteAccessKey(r -> r.userName(person.name()).accessKeyId(person.key().id()));
    SigningCertificate certificate = upload(person, selfSigned());

    assertThatThrownBy(() -> iam.deleteUser(r -> r.userName(person.name())))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("Cannot delete entity, must remove referenced objects first.");
    iam.deleteSigningCertificate(
        r -> r.userName(person.name()).certificateId(certificate.certificateId()));
    iam.deleteUser(r -> r.userName(person.name()));
  }

  @Test
  void the_credential_report_tells_of_them() {
    Person person = people.user();
    String first = upload(person, selfSigned()).certificateId();
    iam.updateSigningCertificate(
        r -> r.userName(person.name()).certificateId(first).status(StatusType.INACTIVE));
    TestClock.forward(Duration.ofHours(5));
    upload(person, selfSigned());

    iam.generateCredentialReport();

    String[] cells =
        iam.getCredentialReport()
            .content()
            .asUtf8String()
            .lines()
            .filter(line -> line.startsWith(person.name() + ","))
            .findFirst()
            .orElseThrow()
            .split(",");
    assertThat(cells[18]).isEqualTo("false");
    assertThat(cells[19]).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00");
    assertThat(cells[20]).isEqualTo("true");
    assertThat(cells[21]).isGreaterThan(cells[19]);
  }

  private Reply tried(Person person, String body) {
    return wire.iam(
        Key.ADMIN, "UploadSigningCertificate", "UserName", person.name(), "CertificateBody", body);
  }

  @Test
  void two_fit_and_no_third() throws Exception {
    Person person = people.user();
    List<String> bodies = IntStream.range(0, 8).mapToObj(_ -> selfSigned()).toList();

    List<String> codes = atOnce(8, i -> tried(person, bodies.get(i)));

    assertThat(Collections.frequency(codes, "OK")).isEqualTo(2);
    assertThat(Collections.frequency(codes, "LimitExceeded")).isEqualTo(6);
    assertThatThrownBy(() -> upload(person, selfSigned()))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Cannot exceed quota for CertificatesPerUser: 2");
  }

  @Test
  void one_certificate_goes_to_one_of_those_who_come_at_once() throws Exception {
    List<Person> persons = IntStream.range(0, 8).mapToObj(_ -> people.user()).toList();
    String body = selfSigned();

    List<String> codes = atOnce(8, i -> tried(persons.get(i), body));

    assertThat(Collections.frequency(codes, "OK")).isEqualTo(1);
    assertThat(Collections.frequency(codes, "DuplicateCertificate")).isEqualTo(7);
  }
}
