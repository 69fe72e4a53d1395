package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateDelegationRequestRequest;
import software.amazon.awssdk.services.iam.model.DelegationRequest;
import software.amazon.awssdk.services.iam.model.PolicyParameter;
import software.amazon.awssdk.services.iam.model.PolicyParameterTypeEnum;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Requests for permissions of others, for a while: from asking to using, and what must not work.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DelegationTest {
  private static final String OWN = "arn:aws:iam::" + TestServers.ACCOUNT;
  private static final String MAY_ASK =
      """
      {"Effect": "Allow", "Action": ["iam:CreateDelegationRequest", "sts:GetDelegatedAccessToken"],
       "Resource": "*"}
      """;
  private static final String MAY_GRANT =
      """
      {"Effect": "Allow", "Action": ["iam:*Delegat*", "iam:GetHumanReadableSummary"], "Resource": "*"},
      {"Effect": "Allow", "Action": ["iam:GetRole", "iam:ListRoles"], "Resource": "*"}
      """;

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private Person asker;
  private Key granter;
  private String granterRole;
  private IamClient asking;
  private IamClient granting;
  private StsClient trading;
  private String template;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    asker = people.user();
    people.allow(asker, MAY_ASK);
    granter = roleWith(MAY_GRANT);
    asking = Sdk.iam(server, asker.key());
    granting = Sdk.iam(server, granter);
    trading = Sdk.sts(server, asker.key());
    template =
        template(
            """
            {"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::*:role/@{role-name}"}
            """);
  }

  /// A session of a new role with just these permissions.
  private Key roleWith(String statements) {
    Person person = people.user();
    granterRole = people.role(People.trusting(person));
    String name = granterRole.substring(granterRole.lastIndexOf('/') + 1);
    IamClient admin = Sdk.iam(server);
    admin.detachRolePolicy(
        r -> r.roleName(name).policyArn("arn:aws:iam::aws:policy/IAMFullAccess"));
    admin.putRolePolicy(
        r -> r.roleName(name).policyName("p").policyDocument(People.document(statements)));
    return wire.sts(
            person.key(), "AssumeRole", "RoleArn", granterRole, "RoleSessionName", "granter")
        .credentials();
  }

  private String template(String statement) {
    return Sdk.iam(server)
        .createPolicy(
            r -> r.policyName("t-" + UUID.randomUUID()).policyDocument(People.document(statement)))
        .policy()
        .arn();
  }

  private static PolicyParameter roleName(String value) {
    return PolicyParameter.builder()
        .name("role-name")
        .values(value)
        .type(PolicyParameterTypeEnum.STRING)
        .build();
  }

  private String ask(Consumer<CreateDelegationRequestRequest.Builder> more) {
    return asking
        .createDelegationRequest(
            r -> {
              r.ownerAccountId(TestServers.ACCOUNT)
                  .description("Looks at a role")
                  .permissions(p -> p.policyTemplateArn(template).parameters(roleName("looked-at")))
                  .requestorWorkflowId("workflow-" + UUID.randomUUID())
                  .notificationChannel("arn:aws:sns:us-east-1:111122223333:none")
                  .sessionDuration(900);
              more.accept(r);
            })
        .delegationRequestId();
  }

  private String ask() {
    return ask(_ -> {});
  }

  private String granted() {
    String id = ask();
    granting.associateDelegationRequest(r -> r.delegationRequestId(id));
    granting.acceptDelegationRequest(r -> r.delegationRequestId(id));
    granting.sendDelegationToken(r -> r.delegationRequestId(id));
    return id;
  }

  private Key traded(String id) {
    Credentials credentials =
        trading.getDelegatedAccessToken(r -> r.tradeInToken(id)).credentials();
    return new Key(
        credentials.accessKeyId(),
        credentials.secretAccessKey(),
        Optional.of(credentials.sessionToken()));
  }

  private DelegationRequest get(IamClient client, String id) {
    return client.getDelegationRequest(r -> r.delegationRequestId(id)).delegationRequest();
  }

  private static String code(ThrowingCallable call) {
    return catchThrowableOfType(AwsServiceException.class, call).awsErrorDetails().errorCode();
  }

  @Test
  void a_request_is_asked_for_reviewed_granted_and_traded_in() {
    String id = ask(r -> r.requestMessage("please"));

    assertThat(get(asking, id).stateAsString()).isEqualTo("UNASSIGNED");
    granting.associateDelegationRequest(r -> r.delegationRequestId(id));
    granting.updateDelegationRequest(r -> r.delegationRequestId(id).notes("looks fine"));
    var reviewed =
        granting.getDelegationRequest(
            r -> r.delegationRequestId(id).delegationPermissionCheck(true));
    DelegationRequest request = reviewed.delegationRequest();
    assertThat(request.stateAsString()).isEqualTo("PENDING_APPROVAL");
    assertThat(request.notes()).isEqualTo("looks fine");
    assertThat(request.requestMessage()).isEqualTo("please");
    assertThat(request.requestorId()).isEqualTo(TestServers.ACCOUNT);
    assertThat(request.ownerId()).endsWith("/granter");
    assertThat(request.permissionPolicy()).contains(":role/looked-at").doesNotContain("@{");
    assertThat(request.permissions().parameters()).containsExactly(roleName("looked-at"));
    assertThat(reviewed.permissionCheckStatusAsString()).isEqualTo("COMPLETE");
    assertThat(reviewed.permissionCheckResultAsString()).isEqualTo("ALLOWED");

    granting.acceptDelegationRequest(r -> r.delegationRequestId(id));
    assertThat(code(() -> traded(id))).isEqualTo("AccessDenied");
    granting.sendDelegationToken(r -> r.delegationRequestId(id));

    assertThat(get(asking, id).stateAsString()).isEqualTo("FINALIZED");
    var token = trading.getDelegatedAccessToken(r -> r.tradeInToken(id));
    assertThat(token.assumedPrincipal()).isEqualTo(request.ownerId());
    assertThat(token.packedPolicySize()).isPositive();
    assertThat(wire.sts(traded(id), "GetCallerIdentity").text("Arn")).isEqualTo(request.ownerId());
  }

  @Test
  void what_is_delegated_is_what_was_asked_for_and_what_the_granter_may() {
    Sdk.iam(server)
        .createRole(
            r ->
                r.roleName("looked-at")
                    .assumeRolePolicyDocument(People.document(People.trusting(asker))));
    String everything = template("{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");
    Key narrow = traded(granted());
    String wideId = ask(r -> r.permissions(p -> p.policyTemplateArn(everything)));
    granting.associateDelegationRequest(r -> r.delegationRequestId(wideId));
    assertThat(
            granting
                .getDelegationRequest(
                    r -> r.delegationRequestId(wideId).delegationPermissionCheck(true))
                .permissionCheckResultAsString())
        .isEqualTo("DENIED");
    granting.acceptDelegationRequest(r -> r.delegationRequestId(wideId));
    granting.sendDelegationToken(r -> r.delegationRequestId(wideId));
    Key wide = traded(wideId);

    assertThat(wire.iam(narrow, "GetRole", "RoleName", "looked-at").status()).isEqualTo(200);
    assertThat(wire.iam(narrow, "ListRoles").code()).isEqualTo("AccessDenied");
    assertThat(wire.iam(wide, "ListRoles").status()).isEqualTo(200);
    assertThat(wire.iam(wide, "ListUsers").code()).isEqualTo("AccessDenied");

    String name = granterRole.substring(granterRole.lastIndexOf('/') + 1);
    Sdk.iam(server).deleteRolePolicy(r -> r.roleName(name).policyName("p"));
    assertThat(wire.iam(wide, "ListRoles").code()).isEqualTo("AccessDenied");
    Sdk.iam(server).deleteRole(r -> r.roleName(name));
    assertThat(wire.sts(wide, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_delegated_session_cannot_grant_itself_more() {
    String template =
        template("{\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": \"*\"}");
    String id = ask(r -> r.permissions(p -> p.policyTemplateArn(template)));
    granting.associateDelegationRequest(r -> r.delegationRequestId(id));
    granting.acceptDelegationRequest(r -> r.delegationRequestId(id));
    granting.sendDelegationToken(r -> r.delegationRequestId(id));
    IamClient delegated = Sdk.iam(server, traded(id));
    String next = ask();
    delegated.associateDelegationRequest(r -> r.delegationRequestId(next));

    assertThat(code(() -> delegated.acceptDelegationRequest(r -> r.delegationRequestId(next))))
        .isEqualTo("AccessDenied");
  }

  @Test
  void a_delegated_session_has_no_rights_of_its_granter_but_those_that_were_asked_for() {
    Key delegated = traded(granted());
    String next = ask();
    granting.associateDelegationRequest(r -> r.delegationRequestId(next));

    for (String action :
        List.of("GetDelegationRequest", "UpdateDelegationRequest", "RejectDelegationRequest")) {
      assertThat(wire.iam(delegated, action, "DelegationRequestId", next).code())
          .as(action)
          .isEqualTo("AccessDenied");
    }
  }

  @Test
  void values_cannot_be_multiplied_beyond_what_a_policy_may_be() {
    String many =
        template(
            """
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": [%s]}
            """
                .formatted(
                    String.join(",", Collections.nCopies(100, "\"arn:aws:s3:::@{bucket}\""))));

    assertThat(
            code(
                () ->
                    ask(
                        r ->
                            r.permissions(
                                p ->
                                    p.policyTemplateArn(many)
                                        .parameters(
                                            q -> q.name("bucket").values("b".repeat(2000)))))))
        .isEqualTo("InvalidInput");
  }

  @Test
  void nobody_but_who_asked_can_trade_it_in() {
    String id = granted();
    Person other = people.user();
    people.allow(other, MAY_ASK);

    assertThat(
            code(
                () ->
                    Sdk.sts(server, other.key()).getDelegatedAccessToken(r -> r.tradeInToken(id))))
        .isEqualTo("AccessDenied");
    assertThat(code(() -> traded("dr-" + "A".repeat(32)))).isEqualTo("AccessDenied");
    assertThat(wire.sts(traded(id), "GetDelegatedAccessToken", "TradeInToken", id).code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void who_asked_learns_how_it_goes_and_decides_nothing() {
    String id = ask();

    assertThat(get(asking, id).description()).isEqualTo("Looks at a role");
    for (Consumer<String> deed :
        List.<Consumer<String>>of(
            is -> asking.associateDelegationRequest(r -> r.delegationRequestId(is)),
            is -> asking.acceptDelegationRequest(r -> r.delegationRequestId(is)),
            is -> asking.updateDelegationRequest(r -> r.delegationRequestId(is)),
            is -> asking.rejectDelegationRequest(r -> r.delegationRequestId(is)),
            is -> asking.sendDelegationToken(r -> r.delegationRequestId(is)))) {
      assertThat(code(() -> deed.accept(id))).isEqualTo("AccessDenied");
    }
    assertThat(code(() -> get(Sdk.iam(server, people.user().key()), id))).isEqualTo("AccessDenied");
  }

  @Test
  void states_only_move_on() {
    String id = ask();
    assertThat(code(() -> granting.acceptDelegationRequest(r -> r.delegationRequestId(id))))
        .isEqualTo("InvalidInput");
    granting.associateDelegationRequest(r -> r.delegationRequestId(id));
    assertThat(code(() -> granting.associateDelegationRequest(r -> r.delegationRequestId(id))))
        .isEqualTo("InvalidInput");
    assertThat(code(() -> granting.sendDelegationToken(r -> r.delegationRequestId(id))))
        .isEqualTo("InvalidInput");
    granting.acceptDelegationRequest(r -> r.delegationRequestId(id));
    granting.rejectDelegationRequest(r -> r.delegationRequestId(id).notes("on second thought"));

    assertThat(get(granting, id).stateAsString()).isEqualTo("REJECTED");
    assertThat(get(granting, id).rejectionReason()).isEqualTo("on second thought");
    assertThat(code(() -> granting.sendDelegationToken(r -> r.delegationRequestId(id))))
        .isEqualTo("InvalidInput");
    String sent = granted();
    assertThat(code(() -> granting.rejectDelegationRequest(r -> r.delegationRequestId(sent))))
        .isEqualTo("InvalidInput");
  }

  @Test
  void of_accepting_and_rejecting_at_once_one_wins() throws Exception {
    for (int round = 0; round < 5; round++) {
      String id = ask();
      granting.associateDelegationRequest(r -> r.delegationRequestId(id));
      List<Callable<Reply>> both =
          IntStream.range(0, 8)
              .<Callable<Reply>>mapToObj(
                  n ->
                      () ->
                          wire.iam(
                              granter,
                              n % 2 == 0 ? "AcceptDelegationRequest" : "RejectDelegationRequest",
                              "DelegationRequestId",
                              id))
              .toList();

      long accepted = 0;
      long rejected = 0;
      try (var threads = Executors.newFixedThreadPool(both.size())) {
        var replies = threads.invokeAll(both);
        for (int n = 0; n < replies.size(); n++) {
          int won = replies.get(n).get().status() == 200 ? 1 : 0;
          accepted += n % 2 == 0 ? won : 0;
          rejected += n % 2 == 0 ? 0 : won;
        }
      }

      assertThat(accepted).isLessThanOrEqualTo(1);
      assertThat(rejected).isLessThanOrEqualTo(1);
      assertThat(get(granting, id).stateAsString())
          .isEqualTo(rejected == 1 ? "REJECTED" : "ACCEPTED");
    }
  }

  @Test
  void only_the_owner_sends_where_that_is_wanted() {
    String id = ask(r -> r.onlySendByOwner(true));
    granting.associateDelegationRequest(r -> r.delegationRequestId(id));
    IamClient admin = Sdk.iam(server);
    admin.acceptDelegationRequest(r -> r.delegationRequestId(id));

    assertThat(code(() -> admin.sendDelegationToken(r -> r.delegationRequestId(id))))
        .isEqualTo("AccessDenied");
    granting.sendDelegationToken(r -> r.delegationRequestId(id));
    assertThat(get(granting, id).approverId()).isEqualTo(OWN + ":user/admin");
  }

  @Test
  void an_account_lists_what_it_has_taken_on_page_by_page() {
    String one = ask();
    String two = ask();
    String left = ask();
    granting.associateDelegationRequest(r -> r.delegationRequestId(one));
    granting.associateDelegationRequest(r -> r.delegationRequestId(two));
    String owner = get(granting, one).ownerId();

    var first = granting.listDelegationRequests(r -> r.ownerId(owner).maxItems(1));
    var second =
        granting.listDelegationRequests(r -> r.ownerId(owner).maxItems(1).marker(first.marker()));
    var all = granting.listDelegationRequests(r -> r.maxItems(1000)).delegationRequests();

    assertThat(first.isTruncated()).isTrue();
    assertThat(second.isTruncated()).isFalse();
    assertThat(
            List.of(first.delegationRequests().getFirst(), second.delegationRequests().getFirst()))
        .extracting(DelegationRequest::delegationRequestId)
        .containsExactlyInAnyOrder(one, two);
    assertThat(all)
        .extracting(DelegationRequest::delegationRequestId)
        .contains(one, two)
        .doesNotContain(left);
  }

  @Test
  void a_summary_tells_the_policy_in_sentences() {
    String id = ask();
    String arn = OWN + ":delegation-request/" + id;

    var summary = granting.getHumanReadableSummary(r -> r.entityArn(arn));
    var german = granting.getHumanReadableSummary(r -> r.entityArn(arn).locale("de"));

    assertThat(summary.summaryStateAsString()).isEqualTo("AVAILABLE");
    assertThat(summary.summaryContent())
        .contains(
            asker.arn(), "900 seconds", "Allows iam:GetRole on arn:aws:iam::*:role/looked-at.");
    assertThat(german.summaryStateAsString()).isEqualTo("NOT_SUPPORTED");
    assertThat(code(() -> granting.getHumanReadableSummary(r -> r.entityArn(OWN + ":user/admin"))))
        .isEqualTo("InvalidInput");
  }

  @Test
  void values_go_into_their_places_and_nowhere_else() {
    String wide =
        template(
            """
            {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
             "Condition": {"StringLike": {"s3:prefix": ["@{prefixes}"]}}}
            """);
    String id =
        ask(
            r ->
                r.permissions(
                    p ->
                        p.policyTemplateArn(wide)
                            .parameters(
                                PolicyParameter.builder()
                                    .name("prefixes")
                                    .type(PolicyParameterTypeEnum.STRING_LIST)
                                    .values("a/*", "b/\"]}")
                                    .build())));

    assertThat(get(asking, id).permissionPolicy()).contains("[\"a/*\",\"b/\\\"]}\"]");
    assertThat(code(() -> ask(r -> r.permissions(p -> p.policyTemplateArn(wide)))))
        .isEqualTo("InvalidInput");
    assertThat(
            code(
                () ->
                    ask(
                        r ->
                            r.permissions(
                                p ->
                                    p.policyTemplateArn(template)
                                        .parameters(roleName("r"), roleName("s"))))))
        .isEqualTo("InvalidInput");
  }

  @Test
  void what_cannot_be_asked_for_is_refused() {
    String workflow = "workflow-" + UUID.randomUUID();
    ask(r -> r.requestorWorkflowId(workflow));

    assertThat(code(() -> ask(r -> r.requestorWorkflowId(workflow))))
        .isEqualTo("EntityAlreadyExists");
    assertThat(code(() -> ask(r -> r.ownerAccountId("999999999999")))).isEqualTo("InvalidInput");
    assertThat(code(() -> ask(r -> r.sessionDuration(299)))).isEqualTo("ValidationError");
    assertThat(code(() -> ask(r -> r.notificationChannel("no spaces"))))
        .isEqualTo("ValidationError");
    assertThat(
            code(
                () ->
                    ask(
                        r ->
                            r.permissions(
                                p ->
                                    p.policyTemplateArn(
                                        "arn:aws:iam::999999999999:policy/elsewhere")))))
        .isEqualTo("InvalidInput");
    assertThat(code(() -> ask(r -> r.permissions(p -> {})))).isEqualTo("ValidationError");
  }
}
