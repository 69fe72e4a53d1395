package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.wire.Secret;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessAdvisorUsageGranularityType;
import software.amazon.awssdk.services.iam.model.EntityDetails;
import software.amazon.awssdk.services.iam.model.GetServiceLastAccessedDetailsResponse;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.JobStatusType;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyGrantingServiceAccess;
import software.amazon.awssdk.services.iam.model.ServiceLastAccessed;
import software.amazon.awssdk.services.iam.model.TrackedActionLastAccessed;

/// When services were last accessed, and by whose leave, as AWS documents it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LastAccessedTest {
  private static final String IAM_ACCESS =
      """
      {"Effect": "Allow", "Action": ["iam:GetUser", "iam:List*", "s3:GetObject"], "Resource": "*"}
      """;

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject Sealer sealer;
  private Wire wire;
  private People people;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
  }

  private String generate(IamClient client, String arn) {
    return client
        .generateServiceLastAccessedDetails(
            r -> r.arn(arn).granularity(AccessAdvisorUsageGranularityType.ACTION_LEVEL))
        .jobId();
  }

  private GetServiceLastAccessedDetailsResponse report(String arn) {
    String job = generate(iam, arn);
    return iam.getServiceLastAccessedDetails(r -> r.jobId(job).maxItems(1000));
  }

  private static Optional<ServiceLastAccessed> service(
      GetServiceLastAccessedDetailsResponse report, String namespace) {
    return report.servicesLastAccessed().stream()
        .filter(service -> service.serviceNamespace().equals(namespace))
        .findFirst();
  }

  /// What was called is told a moment after the call: nobody waits for it to be written.
  private ServiceLastAccessed accessed(String arn, String namespace, int entities)
      throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      Optional<ServiceLastAccessed> found = service(report(arn), namespace);
      if (found.isPresent() && found.get().totalAuthenticatedEntities() == entities) {
        return found.get();
      }
      Thread.sleep(50);
    }
    throw new AssertionError(namespace + " was not accessed: " + report(arn));
  }

  private void look(Person person) {
    assertThat(wire.iam(person.key(), "GetUser").status()).isEqualTo(200);
  }

  private String group(Person... members) {
    String name = "g-" + UUID.randomUUID();
    iam.createGroup(r -> r.groupName(name));
    for (Person member : members) {
      iam.addUserToGroup(r -> r.groupName(name).userName(member.name()));
    }
    return name;
  }

  private String policy(String statement) {
    return iam.createPolicy(
            r -> r.policyName("p-" + UUID.randomUUID()).policyDocument(People.document(statement)))
        .policy()
        .arn();
  }

  @Test
  void a_users_report_lists_what_it_could_access_and_when_it_did() throws Exception {
    Person person = people.user();
    people.allow(person, IAM_ACCESS);
    Instant before = new TestClock().instant().minusSeconds(1);
    look(person);

    ServiceLastAccessed accessed = accessed(person.arn(), "iam", 1);

    var report = report(person.arn());
    assertThat(report.jobStatus()).isEqualTo(JobStatusType.COMPLETED);
    assertThat(report.jobType()).isEqualTo(AccessAdvisorUsageGranularityType.ACTION_LEVEL);
    assertThat(report.jobCreationDate()).isAfter(before);
    assertThat(report.jobCompletionDate()).isAfterOrEqualTo(report.jobCreationDate());
    assertThat(report.isTruncated()).isFalse();
    assertThat(report.servicesLastAccessed())
        .extracting(ServiceLastAccessed::serviceNamespace)
        .containsExactly("iam", "s3");
    assertThat(accessed.serviceName()).isEqualTo("AWS Identity and Access Management");
    assertThat(accessed.lastAuthenticated()).isAfter(before);
    assertThat(accessed.lastAuthenticatedEntity()).isEqualTo(person.arn());
    assertThat(accessed.lastAuthenticatedRegion()).isEqualTo("eu-west-1");
    ServiceLastAccessed never = service(report, "s3").orElseThrow();
    assertThat(never.serviceName()).isEqualTo("Amazon S3");
    assertThat(never.lastAuthenticated()).isNull();
    assertThat(never.lastAuthenticatedEntity()).isNull();
    assertThat(never.totalAuthenticatedEntities()).isZero();
    assertThat(never.hasTrackedActionsLastAccessed()).isFalse();
  }

  @Test
  void actions_are_told_where_they_are_asked_for() throws Exception {
    Person person = people.user();
    people.allow(person, IAM_ACCESS);
    look(person);

    List<TrackedActionLastAccessed> actions =
        accessed(person.arn(), "iam", 1).trackedActionsLastAccessed();

    assertThat(actions)
        .extracting(TrackedActionLastAccessed::actionName)
        .contains("GetUser", "ListUsers")
        .doesNotContain("GetRole", "CreateUser");
    assertThat(actions)
        .filteredOn(action -> action.lastAccessedTime() != null)
        .singleElement()
        .satisfies(
            action -> {
              assertThat(action.actionName()).isEqualTo("GetUser");
              assertThat(action.lastAccessedEntity()).isEqualTo(person.arn());
              assertThat(action.lastAccessedRegion()).isEqualTo("eu-west-1");
            });

    String job = iam.generateServiceLastAccessedDetails(r -> r.arn(person.arn())).jobId();
    var withoutActions = iam.getServiceLastAccessedDetails(r -> r.jobId(job));
    assertThat(withoutActions.jobType()).isEqualTo(AccessAdvisorUsageGranularityType.SERVICE_LEVEL);
    assertThat(withoutActions.servicesLastAccessed())
        .noneMatch(ServiceLastAccessed::hasTrackedActionsLastAccessed);
  }

  @Test
  void an_attempt_that_was_refused_is_an_attempt() throws Exception {
    Person person = people.user();
    people.allow(
        person,
        "{\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": \"arn:aws:iam::*:user/nobody\"}");
    assertThat(wire.iam(person.key(), "ListRoles").code()).isEqualTo("AccessDenied");

    assertThat(accessed(person.arn(), "iam", 1).lastAuthenticatedEntity()).isEqualTo(person.arn());
  }

  @Test
  void who_may_do_everything_could_access_what_there_is_and_what_its_policies_name() {
    Person person = people.user();
    people.allow(person, "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");
    people.allow(
        person, "{\"Effect\": \"Allow\", \"Action\": \"our-own:Do\", \"Resource\": \"*\"}");
    people.allow(person, "{\"Effect\": \"Deny\", \"Action\": \"sts:*\", \"Resource\": \"*\"}");

    var report = report(person.arn());

    assertThat(report.servicesLastAccessed())
        .extracting(ServiceLastAccessed::serviceNamespace)
        .contains("iam", "our-own")
        .doesNotContain("sts", "s3");
    assertThat(service(report, "our-own").orElseThrow().serviceName()).isEqualTo("our-own");
  }

  @Test
  void a_groups_report_tells_of_its_members() throws Exception {
    Person first = people.user();
    Person second = people.user();
    Person idle = people.user();
    String group = group(first, second, idle);
    iam.putGroupPolicy(
        r -> r.groupName(group).policyName("look").policyDocument(People.document(IAM_ACCESS)));
    String arn = "arn:aws:iam::" + People.ACCOUNT + ":group/" + group;
    look(first);
    accessed(arn, "iam", 1);
    TestClock.forward(Duration.ofSeconds(5));
    look(second);

    ServiceLastAccessed accessed = accessed(arn, "iam", 2);

    assertThat(accessed.lastAuthenticatedEntity()).isEqualTo(second.arn());
    String job = generate(iam, arn);
    var entities =
        iam.getServiceLastAccessedDetailsWithEntities(r -> r.jobId(job).serviceNamespace("iam"));
    assertThat(entities.jobStatus()).isEqualTo(JobStatusType.COMPLETED);
    assertThat(entities.entityDetailsList())
        .extracting(entity -> entity.entityInfo().arn())
        .containsExactly(second.arn(), first.arn(), idle.arn());
    EntityDetails last = entities.entityDetailsList().getFirst();
    assertThat(last.lastAuthenticated()).isEqualTo(accessed.lastAuthenticated());
    assertThat(last.entityInfo().name()).isEqualTo(second.name());
    assertThat(last.entityInfo().typeAsString()).isEqualTo("USER");
    assertThat(last.entityInfo().id()).startsWith("AIDA");
    assertThat(last.entityInfo().path()).isEqualTo("/");
    assertThat(entities.entityDetailsList().getLast().lastAuthenticated()).isNull();
    assertThat(
            iam.getServiceLastAccessedDetailsWithEntities(r -> r.jobId(job).serviceNamespace("sqs"))
                .entityDetailsList())
        .isEmpty();
  }

  @Test
  void a_policys_report_tells_of_all_who_were_given_it() throws Exception {
    Person attached = people.user();
    Person member = people.user();
    Person bounded = people.user();
    String role = people.role(People.trusting(attached));
    String roleName = role.substring(role.lastIndexOf('/') + 1);
    String arn = policy(IAM_ACCESS);
    String group = group(member);
    iam.attachUserPolicy(r -> r.userName(attached.name()).policyArn(arn));
    iam.attachGroupPolicy(r -> r.groupName(group).policyArn(arn));
    iam.attachRolePolicy(r -> r.roleName(roleName).policyArn(arn));
    iam.putUserPermissionsBoundary(r -> r.userName(bounded.name()).permissionsBoundary(arn));
    Key session =
        People.ok(
                wire.sts(
                    attached.key(), "AssumeRole", "RoleArn", role, "RoleSessionName", "session"))
            .credentials();
    assertThat(wire.iam(session, "ListUsers").status()).isEqualTo(200);

    ServiceLastAccessed accessed = accessed(arn, "iam", 1);

    assertThat(accessed.lastAuthenticatedEntity()).isEqualTo(role);
    String job = generate(iam, arn);
    assertThat(
            iam.getServiceLastAccessedDetailsWithEntities(r -> r.jobId(job).serviceNamespace("iam"))
                .entityDetailsList())
        .extracting(entity -> entity.entityInfo().arn())
        .containsExactlyInAnyOrder(role, attached.arn(), member.arn())
        .startsWith(role);
    assertThat(report(role).servicesLastAccessed())
        .extracting(ServiceLastAccessed::serviceNamespace)
        .containsExactly("iam", "s3");
  }

  @Test
  void who_comes_again_under_the_same_name_did_nothing_yet() throws Exception {
    Person person = people.user();
    people.allow(person, IAM_ACCESS);
    look(person);
    accessed(person.arn(), "iam", 1);
    iam.listAccessKeys(r -> r.userName(person.name()))
        .accessKeyMetadata()
        .forEach(
            key ->
                iam.deleteAccessKey(r -> r.userName(person.name()).accessKeyId(key.accessKeyId())));
    iam.listUserPolicies(r -> r.userName(person.name()))
        .policyNames()
        .forEach(name -> iam.deleteUserPolicy(r -> r.userName(person.name()).policyName(name)));
    iam.deleteUser(r -> r.userName(person.name()));
    iam.createUser(r -> r.userName(person.name()));
    people.allow(person, IAM_ACCESS);

    assertThat(service(report(person.arn()), "iam").orElseThrow().lastAuthenticated()).isNull();
  }

  @Test
  void what_was_long_ago_is_not_tracked() throws Exception {
    Person person = people.user();
    people.allow(person, IAM_ACCESS);
    look(person);
    accessed(person.arn(), "iam", 1);

    TestClock.forward(Duration.ofDays(401));

    assertThat(service(report(person.arn()), "iam").orElseThrow().totalAuthenticatedEntities())
        .isZero();
  }

  @Test
  void pages_are_walked_to_the_end() {
    Person person = people.user();
    for (String service : List.of("e", "a", "c", "b", "d")) {
      people.allow(
          person,
          "{\"Effect\": \"Allow\", \"Action\": \"%s:Do\", \"Resource\": \"*\"}".formatted(service));
    }
    String job = generate(iam, person.arn());

    List<String> walked = new ArrayList<>();
    Optional<String> marker = Optional.empty();
    do {
      String from = marker.orElse(null);
      var page = iam.getServiceLastAccessedDetails(r -> r.jobId(job).maxItems(2).marker(from));
      assertThat(page.servicesLastAccessed()).hasSizeLessThanOrEqualTo(2);
      page.servicesLastAccessed().forEach(service -> walked.add(service.serviceNamespace()));
      assertThat(page.isTruncated()).isEqualTo(page.marker() != null);
      marker = Optional.ofNullable(page.marker());
    } while (marker.isPresent());

    assertThat(walked).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void a_report_is_there_for_seven_days_for_whoever_asked_for_it() {
    Person auditor = people.user();
    people.allow(auditor, "{\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": \"*\"}");
    IamClient own = Sdk.iam(wire.server(), auditor.key());
    String job = generate(own, auditor.arn());

    assertThat(job).hasSize(36);
    assertThat(own.getServiceLastAccessedDetails(r -> r.jobId(job)).jobStatus())
        .isEqualTo(JobStatusType.COMPLETED);
    assertThatThrownBy(() -> iam.getServiceLastAccessedDetails(r -> r.jobId(job)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("cannot be found");
    assertThatThrownBy(
            () ->
                iam.getServiceLastAccessedDetailsWithEntities(
                    r -> r.jobId(job).serviceNamespace("iam")))
        .isInstanceOf(NoSuchEntityException.class);

    TestClock.forward(Duration.ofDays(7));
    assertThatThrownBy(() -> own.getServiceLastAccessedDetails(r -> r.jobId(job)))
        .isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void a_roles_report_is_there_for_its_other_sessions() {
    Person person = people.user();
    String role = people.role(People.trusting(person));
    List<Key> sessions = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      sessions.add(
          People.ok(wire.sts(person.key(), "AssumeRole", "RoleArn", role, "RoleSessionName", name))
              .credentials());
    }
    String job =
        People.ok(wire.iam(sessions.getFirst(), "GenerateServiceLastAccessedDetails", "Arn", role))
            .text("JobId");

    assertThat(wire.iam(sessions.getLast(), "GetServiceLastAccessedDetails", "JobId", job).status())
        .isEqualTo(200);
  }

  @Test
  void another_account_sees_nothing_of_this_one() {
    Person person = people.user();
    String job = generate(iam, person.arn());
    Key stranger = stranger();

    for (String arn : List.of(person.arn(), policy(IAM_ACCESS))) {
      assertThat(wire.iam(stranger, "GenerateServiceLastAccessedDetails", "Arn", arn).code())
          .isEqualTo("NoSuchEntity");
    }
    assertThat(wire.iam(stranger, "GetServiceLastAccessedDetails", "JobId", job).code())
        .isEqualTo("NoSuchEntity");
    assertThat(
            wire.iam(
                    stranger,
                    "ListPoliciesGrantingServiceAccess",
                    "Arn",
                    person.arn(),
                    "ServiceNamespaces.member.1",
                    "iam")
                .code())
        .isEqualTo("NoSuchEntity");
    // A policy that comes with Daypass is in every account, and tells each of its own.
    String shared =
        People.ok(
                wire.iam(
                    stranger,
                    "GenerateServiceLastAccessedDetails",
                    "Arn",
                    "arn:aws:iam::aws:policy/AdministratorAccess"))
            .text("JobId");
    assertThat(
            People.ok(
                    wire.iam(
                        stranger,
                        "GetServiceLastAccessedDetailsWithEntities",
                        "JobId",
                        shared,
                        "ServiceNamespace",
                        "iam"))
                .texts("Arn"))
        .isEmpty();
  }

  /// A user of another account who may do everything there.
  private Key stranger() {
    String account = "444455556666";
    String id = "AIDA" + UUID.randomUUID();
    String key = "AKIA" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    String document =
        People.document("{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");
    run("insert into account values ($1, 'other', now()) on conflict do nothing", account);
    run(
        "insert into iam_user (id, account_id, path, name, created_at) values ($1, $2, '/', $3, now())",
        id,
        account,
        "stranger-" + UUID.randomUUID());
    run("insert into inline_policy values ($1, 'all', $2)", id, document);
    database
        .preparedQuery("insert into access_key values ($1, $2, $3, true, $4, now())")
        .execute(
            Tuple.of(
                key,
                account,
                id,
                io.vertx.core.buffer.Buffer.buffer(
                    sealer.seal(Secret.of("stranger-secret"), "access-key/" + key))))
        .await()
        .indefinitely();
    return new Key(key, "stranger-secret", Optional.empty());
  }

  private void run(String statement, String... parameters) {
    database
        .preparedQuery(statement)
        .execute(Tuple.from((Object[]) parameters))
        .await()
        .indefinitely();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::111122223333:oidc-provider/example.com",
        "arn:aws:s3:::a-bucket-of-somebody",
        "nothing-that-begins-like-an-arn"
      })
  void what_is_no_entity_has_no_report(String arn) {
    assertThatThrownBy(() -> generate(iam, arn)).isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:user/nobody-of-this-name",
        "arn:aws:iam::111122223333:user/another/path/admin",
        "arn:aws:iam::111122223333:group/none-of-this-name",
        "arn:aws:iam::111122223333:role/none-of-this-name",
        "arn:aws:iam::111122223333:policy/none-of-this-name",
        "arn:aws:iam::aws:user/admin-of-all"
      })
  void who_is_not_there_has_no_report(String arn) {
    assertThatThrownBy(() -> generate(iam, arn)).isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void what_cannot_be_asked_is_refused() {
    String job = generate(iam, "arn:aws:iam::111122223333:user/admin");

    assertThat(wire.iam(Key.ADMIN, "GetServiceLastAccessedDetails", "JobId", "short").code())
        .isEqualTo("ValidationError");
    assertThat(
            wire.iam(Key.ADMIN, "GetServiceLastAccessedDetails", "JobId", job, "Marker", "%%%")
                .code())
        .isEqualTo("ValidationError");
    assertThat(
            wire.iam(
                    Key.ADMIN,
                    "GetServiceLastAccessedDetailsWithEntities",
                    "JobId",
                    job,
                    "ServiceNamespace",
                    "no service")
                .code())
        .isEqualTo("ValidationError");
    assertThat(
            wire.iam(
                    Key.ADMIN,
                    "GenerateServiceLastAccessedDetails",
                    "Arn",
                    "arn:aws:iam::111122223333:user/admin",
                    "Granularity",
                    "NONE")
                .code())
        .isEqualTo("ValidationError");
  }

  @Test
  void whoever_may_not_ask_is_refused() {
    Person person = people.user();
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "iam:GenerateServiceLastAccessedDetails", "Resource": "%s"}
        """
            .formatted(person.arn()));

    assertThat(
            wire.iam(person.key(), "GenerateServiceLastAccessedDetails", "Arn", person.arn())
                .status())
        .isEqualTo(200);
    assertThat(
            wire.iam(
                    person.key(),
                    "GenerateServiceLastAccessedDetails",
                    "Arn",
                    "arn:aws:iam::111122223333:user/admin")
                .code())
        .isEqualTo("AccessDenied");
    assertThat(
            wire.iam(person.key(), "GetServiceLastAccessedDetails", "JobId", "x".repeat(36)).code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void the_policies_that_grant_access_to_a_service() {
    Person person = people.user();
    String group = group(person);
    String attached = policy(IAM_ACCESS);
    String denying = policy("{\"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}");
    iam.attachUserPolicy(r -> r.userName(person.name()).policyArn(attached));
    iam.attachUserPolicy(r -> r.userName(person.name()).policyArn(denying));
    iam.attachGroupPolicy(r -> r.groupName(group).policyArn(attached));
    iam.putGroupPolicy(
        r ->
            r.groupName(group)
                .policyName("of-group")
                .policyDocument(
                    People.document(
                        "{\"Effect\": \"Allow\", \"Action\": [\"s3:*\", \"sqs:*\"], \"Resource\": \"*\"}")));
    iam.putUserPermissionsBoundary(
        r ->
            r.userName(person.name())
                .permissionsBoundary("arn:aws:iam::aws:policy/AdministratorAccess"));

    var entries =
        iam.listPoliciesGrantingServiceAccess(
                r -> r.arn(person.arn()).serviceNamespaces("s3", "iam", "sqs", "s3"))
            .policiesGrantingServiceAccess();

    assertThat(entries)
        .extracting(entry -> entry.serviceNamespace())
        .containsExactly("s3", "iam", "sqs");
    List<PolicyGrantingServiceAccess> s3 = entries.getFirst().policies();
    assertThat(s3).hasSize(2);
    assertThat(s3.getFirst().policyTypeAsString()).isEqualTo("MANAGED");
    assertThat(s3.getFirst().policyArn()).isEqualTo(attached);
    assertThat(s3.getFirst().entityName()).isNull();
    assertThat(s3.getLast().policyTypeAsString()).isEqualTo("INLINE");
    assertThat(s3.getLast().policyName()).isEqualTo("of-group");
    assertThat(s3.getLast().policyArn()).isNull();
    assertThat(s3.getLast().entityTypeAsString()).isEqualTo("GROUP");
    assertThat(s3.getLast().entityName()).isEqualTo(group);
    assertThat(entries.get(1).policies())
        .extracting(PolicyGrantingServiceAccess::policyArn)
        .containsExactly(attached);
    assertThat(entries.getLast().policies()).isEmpty();
  }

  @Test
  void a_list_of_granting_policies_that_is_too_long_comes_in_pages() {
    Person person = people.user();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      String name = "all-" + i;
      names.add(name);
      iam.putUserPolicy(
          r ->
              r.userName(person.name())
                  .policyName(name)
                  .policyDocument(
                      "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"));
    }
    List<String> services = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      services.add("service-" + i);
    }

    List<String> walked = new ArrayList<>();
    var page =
        iam.listPoliciesGrantingServiceAccess(r -> r.arn(person.arn()).serviceNamespaces(services));
    assertThat(page.isTruncated()).isTrue();
    while (true) {
      page.policiesGrantingServiceAccess()
          .forEach(
              entry -> {
                assertThat(entry.policies()).hasSameSizeAs(names);
                walked.add(entry.serviceNamespace());
              });
      if (!page.isTruncated()) {
        break;
      }
      String marker = page.marker();
      page =
          iam.listPoliciesGrantingServiceAccess(
              r -> r.arn(person.arn()).serviceNamespaces(services).marker(marker));
    }

    assertThat(walked).isEqualTo(services);
  }

  @Test
  void a_policy_and_no_service_at_all_are_no_question() {
    assertThatThrownBy(
            () ->
                iam.listPoliciesGrantingServiceAccess(
                    r ->
                        r.arn("arn:aws:iam::aws:policy/AdministratorAccess")
                            .serviceNamespaces("iam")))
        .isInstanceOf(InvalidInputException.class);
    assertThat(
            wire.iam(
                    Key.ADMIN,
                    "ListPoliciesGrantingServiceAccess",
                    "Arn",
                    "arn:aws:iam::111122223333:user/admin")
                .code())
        .isEqualTo("InvalidInput");
    assertThatThrownBy(
            () ->
                iam.listPoliciesGrantingServiceAccess(
                    r ->
                        r.arn("arn:aws:iam::111122223333:user/admin")
                            .serviceNamespaces(java.util.Collections.nCopies(201, "iam"))))
        .hasMessageContaining("less than or equal to 200");
  }
}
