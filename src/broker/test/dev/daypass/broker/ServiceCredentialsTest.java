package dev.daypass.broker;

import static dev.daypass.broker.Race.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.ServiceNotSupportedException;
import software.amazon.awssdk.services.iam.model.ServiceSpecificCredential;
import software.amazon.awssdk.services.iam.model.ServiceSpecificCredentialMetadata;
import software.amazon.awssdk.services.iam.model.StatusType;

/// Service-specific credentials, as AWS documents them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ServiceCredentialsTest {
  private static final String GIT = "codecommit.amazonaws.com";
  private static final String MODELS = "bedrock.amazonaws.com";

  @Inject Pool database;
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

  private ServiceSpecificCredential create(String user, String service) {
    return iam.createServiceSpecificCredential(r -> r.userName(user).serviceName(service))
        .serviceSpecificCredential();
  }

  private List<ServiceSpecificCredentialMetadata> of(String user) {
    return iam.listServiceSpecificCredentials(r -> r.userName(user)).serviceSpecificCredentials();
  }

  private String storedHash(String id) {
    return database
        .query(
            "select encode(secret_sha256, 'hex') as hash from service_credential where id = '%s'"
                .formatted(id))
        .execute()
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getString("hash");
  }

  private static String hash(String secret) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {GIT, "cassandra.amazonaws.com"})
  void a_name_and_a_password_which_is_told_once(String service) throws Exception {
    String user = people.user().name();

    ServiceSpecificCredential made = create(user, service);

    String id = made.serviceSpecificCredentialId();
    assertThat(id).matches("ACCA[A-Z2-7]{17}");
    assertThat(made.serviceUserName()).isEqualTo(user + "-at-111122223333");
    assertThat(made.servicePassword()).matches("[A-Za-z0-9+/]{59}=");
    assertThat(made.serviceCredentialAlias()).isNull();
    assertThat(made.serviceCredentialSecret()).isNull();
    assertThat(made.serviceName()).isEqualTo(service);
    assertThat(made.userName()).isEqualTo(user);
    assertThat(made.status()).isEqualTo(StatusType.ACTIVE);
    assertThat(made.expirationDate()).isNull();
    assertThat(storedHash(id)).isEqualTo(hash(made.servicePassword()));
    var listed = of(user).getFirst();
    assertThat(listed.serviceSpecificCredentialId()).isEqualTo(id);
    assertThat(listed.serviceUserName()).isEqualTo(made.serviceUserName());
    assertThat(listed.createDate()).isEqualTo(made.createDate());
  }

  @ParameterizedTest
  @CsvSource({
    "bedrock.amazonaws.com, ABSK",
    "logs.amazonaws.com, ACWL",
    "cloudwatch.amazonaws.com, APIAACWM",
    "aws-external-anthropic.amazonaws.com, AEAA"
  })
  void an_alias_and_an_api_key(String service, String prefix) throws Exception {
    String user = people.user().name();

    ServiceSpecificCredential made = create(user, service);

    String alias = user + "-at-111122223333";
    String secret = made.serviceCredentialSecret();
    assertThat(made.serviceCredentialAlias()).isEqualTo(alias);
    assertThat(made.serviceUserName()).isNull();
    assertThat(made.servicePassword()).isNull();
    assertThat(secret).startsWith(prefix);
    assertThat(new String(Base64.getDecoder().decode(secret.substring(prefix.length()))))
        .matches(alias + ":[A-Za-z0-9+/]{59}=");
    assertThat(storedHash(made.serviceSpecificCredentialId())).isEqualTo(hash(secret));
    assertThat(of(user).getFirst().serviceCredentialAlias()).isEqualTo(alias);
  }

  @Test
  void the_audit_trail_shows_no_secret() {
    String user = people.user().name();
    for (String service : List.of(GIT, MODELS)) {
      Reply created =
          wire.iam(
              Key.ADMIN,
              "CreateServiceSpecificCredential",
              "UserName",
              user,
              "ServiceName",
              service);
      Reply reset =
          wire.iam(
              Key.ADMIN,
              "ResetServiceSpecificCredential",
              "UserName",
              user,
              "ServiceSpecificCredentialId",
              created.text("ServiceSpecificCredentialId"));

      for (Reply reply : List.of(created, reset)) {
        String secret =
            reply.text(service.equals(GIT) ? "ServicePassword" : "ServiceCredentialSecret");
        assertThat(Trail.of(database, reply))
            .contains(created.text("ServiceSpecificCredentialId"))
            .doesNotContain(secret);
      }
    }
  }

  @Test
  void a_reset_changes_the_secret_and_nothing_else() throws Exception {
    String user = people.user().name();
    ServiceSpecificCredential made =
        iam.createServiceSpecificCredential(
                r -> r.userName(user).serviceName(MODELS).credentialAgeDays(30))
            .serviceSpecificCredential();
    String id = made.serviceSpecificCredentialId();
    iam.updateServiceSpecificCredential(
        r -> r.userName(user).serviceSpecificCredentialId(id).status(StatusType.INACTIVE));

    ServiceSpecificCredential reset =
        iam.resetServiceSpecificCredential(r -> r.userName(user).serviceSpecificCredentialId(id))
            .serviceSpecificCredential();

    assertThat(reset.serviceCredentialSecret()).isNotEqualTo(made.serviceCredentialSecret());
    assertThat(reset)
        .isEqualTo(
            made.toBuilder()
                .status(StatusType.INACTIVE)
                .serviceCredentialSecret(reset.serviceCredentialSecret())
                .build());
    assertThat(storedHash(id)).isEqualTo(hash(reset.serviceCredentialSecret()));
  }

  @Test
  void a_credential_that_was_given_an_age_expires() {
    String user = people.user().name();
    ServiceSpecificCredential made =
        iam.createServiceSpecificCredential(
                r -> r.userName(user).serviceName(MODELS).credentialAgeDays(1))
            .serviceSpecificCredential();
    assertThat(Duration.between(made.createDate(), made.expirationDate()))
        .isEqualTo(Duration.ofDays(1));

    TestClock.forward(Duration.ofDays(1));
    String id = made.serviceSpecificCredentialId();
    iam.updateServiceSpecificCredential(
        r -> r.userName(user).serviceSpecificCredentialId(id).status(StatusType.ACTIVE));

    assertThat(of(user))
        .extracting(ServiceSpecificCredentialMetadata::status)
        .containsExactly(StatusType.EXPIRED);
    assertThat(
            iam.resetServiceSpecificCredential(
                    r -> r.userName(user).serviceSpecificCredentialId(id))
                .serviceSpecificCredential()
                .status())
        .isEqualTo(StatusType.EXPIRED);
  }

  @Test
  void nobody_gets_a_login_that_another_has() {
    String user = people.user().name();
    assertThat(create(user, GIT).serviceUserName()).isEqualTo(user + "-at-111122223333");
    assertThat(create(user, GIT).serviceUserName()).isEqualTo(user + "+1-at-111122223333");
    assertThat(create(user, MODELS).serviceCredentialAlias()).isEqualTo(user + "-at-111122223333");
    String renamed = "renamed-" + UUID.randomUUID();
    iam.updateUser(r -> r.userName(user).newUserName(renamed));
    String again = user.toUpperCase(Locale.ROOT);
    iam.createUser(r -> r.userName(again));

    ServiceSpecificCredential made = create(again, GIT);

    assertThat(made.serviceUserName()).isEqualTo(again + "+2-at-111122223333");
    assertThat(of(renamed))
        .hasSize(3)
        .allSatisfy(each -> assertThat(each.userName()).isEqualTo(renamed));
    assertThatThrownBy(
            () ->
                iam.deleteServiceSpecificCredential(
                    r ->
                        r.userName(again)
                            .serviceSpecificCredentialId(
                                of(renamed).getFirst().serviceSpecificCredentialId())))
        .isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void a_service_is_known_whatever_its_case_and_others_are_not() {
    String user = people.user().name();

    assertThat(create(user, "CodeCommit.amazonaws.com").serviceName()).isEqualTo(GIT);
    for (String service :
        List.of("sqs.amazonaws.com", "codecommit", "codecommit.amazonaws.com.cn")) {
      assertThatThrownBy(() -> create(user, service))
          .isInstanceOf(ServiceNotSupportedException.class)
          .hasMessageContaining(
              "No such service %s is supported for Service Specific Credentials"
                  .formatted(service));
      assertThatThrownBy(
              () -> iam.listServiceSpecificCredentials(r -> r.userName(user).serviceName(service)))
          .isInstanceOf(ServiceNotSupportedException.class);
    }
    assertThat(
            wire.iam(
                    Key.ADMIN,
                    "CreateServiceSpecificCredential",
                    "UserName",
                    user,
                    "ServiceName",
                    " codecommit.amazonaws.com")
                .code())
        .isEqualTo("ValidationError");
    for (String days : List.of("0", "36601", "x", "-1")) {
      assertThat(
              wire.iam(
                      Key.ADMIN,
                      "CreateServiceSpecificCredential",
                      "UserName",
                      user,
                      "ServiceName",
                      MODELS,
                      "CredentialAgeDays",
                      days)
                  .code())
          .isEqualTo("ValidationError");
    }
  }

  @Test
  void lists_are_by_service_and_page_by_page_and_of_all_users() {
    String user = people.user().name();
    String other = people.user().name();
    create(user, GIT);
    create(user, MODELS);
    create(user, MODELS);
    create(other, MODELS);

    var models = iam.listServiceSpecificCredentials(r -> r.userName(user).serviceName(MODELS));
    var first = iam.listServiceSpecificCredentials(r -> r.userName(user).maxItems(2));
    var rest = iam.listServiceSpecificCredentials(r -> r.userName(user).marker(first.marker()));
    List<ServiceSpecificCredentialMetadata> all = new ArrayList<>();
    String marker = null;
    do {
      String from = marker;
      var page =
          iam.listServiceSpecificCredentials(
              r -> r.allUsers(true).serviceName(MODELS).maxItems(3).marker(from));
      all.addAll(page.serviceSpecificCredentials());
      marker = page.marker();
    } while (marker != null);

    assertThat(models.serviceSpecificCredentials()).hasSize(2);
    assertThat(first.isTruncated()).isTrue();
    assertThat(rest.serviceSpecificCredentials()).hasSize(1);
    assertThat(of(user)).hasSize(3);
    assertThat(all)
        .extracting(ServiceSpecificCredentialMetadata::userName)
        .contains(user, user, other);
    assertThat(all).extracting(ServiceSpecificCredentialMetadata::serviceName).containsOnly(MODELS);
    assertThat(
            wire.iam(
                    Key.ADMIN,
                    "ListServiceSpecificCredentials",
                    "AllUsers",
                    "true",
                    "UserName",
                    user)
                .code())
        .isEqualTo("ValidationError");
    assertThat(
            wire.iam(
                    Key.ADMIN,
                    "ListServiceSpecificCredentials",
                    "AllUsers",
                    "false",
                    "ServiceName",
                    "",
                    "UserName",
                    user)
                .texts("ServiceSpecificCredentialId"))
        .hasSize(3);
  }

  @Test
  void who_may_see_his_own_does_not_see_everybodys() {
    Person person = people.user();
    people.allow(
        person,
        "{\"Effect\": \"Allow\", \"Action\": \"iam:*ServiceSpecificCredential*\", \"Resource\": \"%s\"}"
            .formatted(person.arn()));
    create(person.name(), GIT);
    IamClient own = Sdk.iam(wire.server(), person.key());

    assertThat(own.listServiceSpecificCredentials().serviceSpecificCredentials()).hasSize(1);
    assertThat(wire.iam(person.key(), "ListServiceSpecificCredentials", "AllUsers", "true").code())
        .isEqualTo("AccessDenied");
    assertThat(
            wire.iam(
                    person.key(),
                    "ListServiceSpecificCredentials",
                    "UserName",
                    people.user().name())
                .code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void conditions_look_at_the_service_and_the_age() {
    Person person = people.user();
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "iam:*ServiceSpecificCredential", "Resource": "*",
         "Condition": {"StringEquals": {"iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com"},
                       "NumericLessThanEqualsIfExists": {"iam:ServiceSpecificCredentialAgeDays": "90"}}}
        """);
    String user = people.user().name();
    String git = create(user, GIT).serviceSpecificCredentialId();

    assertThat(create(person, user, "Bedrock.amazonaws.com", "90").code()).isEqualTo("OK");
    assertThat(create(person, user, MODELS, "91").code()).isEqualTo("AccessDenied");
    assertThat(create(person, user, GIT, "1").code()).isEqualTo("AccessDenied");
    String models =
        of(user).stream()
            .filter(each -> each.serviceName().equals(MODELS))
            .findFirst()
            .orElseThrow()
            .serviceSpecificCredentialId();
    for (String action :
        List.of(
            "UpdateServiceSpecificCredential",
            "ResetServiceSpecificCredential",
            "DeleteServiceSpecificCredential")) {
      assertThat(change(person, action, user, git).code()).isEqualTo("AccessDenied");
      assertThat(change(person, action, user, models).code()).as(action).isEqualTo("OK");
    }
  }

  private Reply create(Person by, String user, String service, String days) {
    return wire.iam(
        by.key(),
        "CreateServiceSpecificCredential",
        "UserName",
        user,
        "ServiceName",
        service,
        "CredentialAgeDays",
        days);
  }

  private Reply change(Person by, String action, String user, String id) {
    return wire.iam(
        by.key(),
        action,
        "UserName",
        user,
        "ServiceSpecificCredentialId",
        id,
        "Status",
        "Inactive");
  }

  @Test
  void what_is_not_there_or_another_users_cannot_be_changed() {
    String user = people.user().name();
    String other = people.user().name();
    String id = create(other, GIT).serviceSpecificCredentialId();

    for (String action :
        List.of(
            "UpdateServiceSpecificCredential",
            "ResetServiceSpecificCredential",
            "DeleteServiceSpecificCredential")) {
      Reply reply =
          wire.iam(
              Key.ADMIN,
              action,
              "UserName",
              user,
              "ServiceSpecificCredentialId",
              id,
              "Status",
              "Inactive");

      assertThat(reply.code()).as(action).isEqualTo("NoSuchEntity");
      assertThat(reply.message()).isEqualTo("No such credential %s exists".formatted(id));
    }
    assertThatThrownBy(
            () ->
                iam.updateServiceSpecificCredential(
                    r ->
                        r.userName(other)
                            .serviceSpecificCredentialId(id)
                            .status(StatusType.EXPIRED)))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> create("nobody-" + id, GIT))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("The user with name nobody-" + id + " cannot be found.");
    assertThat(of(other))
        .extracting(ServiceSpecificCredentialMetadata::status)
        .containsExactly(StatusType.ACTIVE);
  }

  @Test
  void a_user_with_one_is_not_deleted() {
    String user = "plain-" + UUID.randomUUID();
    iam.createUser(r -> r.userName(user));
    String id = create(user, GIT).serviceSpecificCredentialId();

    assertThatThrownBy(() -> iam.deleteUser(r -> r.userName(user)))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("Cannot delete entity, must remove referenced objects first.");
    iam.deleteServiceSpecificCredential(r -> r.userName(user).serviceSpecificCredentialId(id));
    iam.deleteUser(r -> r.userName(user));
  }

  @Test
  void two_fit_for_each_service_whoever_comes_at_once() throws Exception {
    String user = people.user().name();
    create(user, MODELS);

    List<String> codes =
        atOnce(
            8,
            _ ->
                wire.iam(
                    Key.ADMIN,
                    "CreateServiceSpecificCredential",
                    "UserName",
                    user,
                    "ServiceName",
                    GIT));

    assertThat(Collections.frequency(codes, "OK")).isEqualTo(2);
    assertThat(Collections.frequency(codes, "LimitExceeded")).isEqualTo(6);
    assertThat(of(user))
        .extracting(ServiceSpecificCredentialMetadata::serviceUserName)
        .contains(user + "-at-111122223333", user + "+1-at-111122223333");
    create(user, MODELS);
    assertThatThrownBy(() -> create(user, MODELS))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2");
  }
}
