package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicySourceType;

/// What the simulator says is what would happen.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SimulationTest {
  private static final String READ =
      "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\":"
          + " \"arn:aws:s3:::reports/${aws:username}/*\", \"Condition\": {\"Bool\":"
          + " {\"aws:MultiFactorAuthPresent\": \"true\"}}}";

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam =
        IamClient.builder()
            .endpointOverride(wire.server())
            .region(Region.AWS_GLOBAL)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(TestServers.ADMIN_KEY, TestServers.ADMIN_SECRET)))
            .build();
  }

  @Test
  void a_users_policies_are_asked_with_an_imagined_context() {
    Person alice = people.user();
    people.allow(alice, READ);
    String own = "arn:aws:s3:::reports/" + alice.name() + "/1";

    List<EvaluationResult> without =
        iam.simulatePrincipalPolicy(
                r ->
                    r.policySourceArn(alice.arn())
                        .actionNames("s3:GetObject", "s3:PutObject")
                        .resourceArns(own, "arn:aws:s3:::reports/bob/1"))
            .evaluationResults();
    EvaluationResult with =
        iam.simulatePrincipalPolicy(
                r ->
                    r.policySourceArn(alice.arn())
                        .actionNames("s3:GetObject")
                        .resourceArns(own)
                        .contextEntries(
                            e ->
                                e.contextKeyName("aws:MultiFactorAuthPresent")
                                    .contextKeyType(ContextKeyTypeEnum.BOOLEAN)
                                    .contextKeyValues("true")))
            .evaluationResults()
            .getFirst();

    assertThat(without).hasSize(4);
    assertThat(without.getFirst().evalDecision())
        .isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(without.getFirst().missingContextValues())
        .containsExactly("aws:MultiFactorAuthPresent");
    assertThat(without.get(1).missingContextValues()).isEmpty();
    assertThat(with.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
    assertThat(with.matchedStatements().getFirst().sourcePolicyType())
        .isEqualTo(PolicySourceType.USER);
    assertThat(with.matchedStatements().getFirst().startPosition().line()).isPositive();
  }

  /// AWS's own simulator says "allowed" here, where the live service denies.
  @Test
  void a_role_that_does_not_trust_is_not_assumed_in_a_simulation_either() {
    Person alice = people.user();
    Person bob = people.user();
    people.allow(
        alice, "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}");
    String role = people.role(People.trusting(bob));

    assertThat(simulated(alice, role)).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(simulated(bob, role)).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
    assertThat(wire.sts(alice.key(), "AssumeRole", "RoleArn", role, "RoleSessionName", "s1").code())
        .isEqualTo("AccessDenied");
    assertThat(wire.sts(bob.key(), "AssumeRole", "RoleArn", role, "RoleSessionName", "s1").status())
        .isEqualTo(200);
  }

  private PolicyEvaluationDecisionType simulated(Person person, String role) {
    return iam.simulatePrincipalPolicy(
            r -> r.policySourceArn(person.arn()).actionNames("sts:AssumeRole").resourceArns(role))
        .evaluationResults()
        .getFirst()
        .evalDecision();
  }

  @Test
  void policies_that_nobody_has_are_asked_within_boundary_and_organization() {
    String all = People.document("{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");
    String s3 =
        People.document("{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}");

    EvaluationResult bounded =
        iam.simulateCustomPolicy(
                r ->
                    r.policyInputList(all)
                        .permissionsBoundaryPolicyInputList(s3)
                        .actionNames("ec2:RunInstances"))
            .evaluationResults()
            .getFirst();
    EvaluationResult controlled =
        iam.simulateCustomPolicy(
                r ->
                    r.policyInputList(all)
                        .orderedOrganizationPolicyInputList(
                            o -> o.serviceControlPolicyInputList(s3))
                        .actionNames("ec2:RunInstances"))
            .evaluationResults()
            .getFirst();

    assertThat(bounded.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(bounded.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
        .isFalse();
    assertThat(controlled.organizationsDecisionDetail().allowedByOrganizations()).isFalse();
  }

  @Test
  void many_results_come_in_pages() {
    String all = People.document("{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");

    List<EvaluationResult> results =
        iam
            .simulateCustomPolicyPaginator(
                r ->
                    r.policyInputList(all)
                        .actionNames("s3:A", "s3:B", "s3:C", "s3:D", "s3:E")
                        .resourceArns("arn:aws:s3:::a", "arn:aws:s3:::b")
                        .maxItems(3))
            .evaluationResults()
            .stream()
            .toList();

    assertThat(results)
        .extracting(result -> result.evalActionName() + " " + result.evalResourceName())
        .doesNotHaveDuplicates()
        .hasSize(10);
  }

  @Test
  void the_context_keys_of_policies_are_told() {
    Person alice = people.user();
    people.allow(alice, READ);

    assertThat(
            iam.getContextKeysForPrincipalPolicy(r -> r.policySourceArn(alice.arn()))
                .contextKeyNames())
        .containsExactly("aws:MultiFactorAuthPresent", "aws:username");
    assertThat(
            iam.getContextKeysForCustomPolicy(r -> r.policyInputList(People.document(READ)))
                .contextKeyNames())
        .containsExactly("aws:MultiFactorAuthPresent", "aws:username");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    String elsewhere = "arn:aws:iam::999999999999:user/x";
    assertThatThrownBy(
            () -> iam.simulatePrincipalPolicy(r -> r.policySourceArn(elsewhere).actionNames("a:b")))
        .isInstanceOf(NoSuchEntityException.class);
    assertThatThrownBy(
            () -> iam.simulateCustomPolicy(r -> r.policyInputList("{}").actionNames("a:b")))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                iam.simulateCustomPolicy(
                    r ->
                        r.policyInputList(People.document(READ))
                            .actionNames("a:b")
                            .contextEntries(e -> e.contextKeyName("k"))))
        .isInstanceOf(InvalidInputException.class);
    Person nobody = people.user();
    assertThat(
            wire.iam(
                    nobody.key(),
                    "SimulatePrincipalPolicy",
                    "PolicySourceArn",
                    nobody.arn(),
                    "ActionNames.member.1",
                    "s3:GetObject")
                .code())
        .isEqualTo("AccessDenied");
    assertThat(wire.iam(Key.ADMIN, "SimulateCustomPolicy").code()).isEqualTo("InvalidInput");
  }
}
