package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;

/// The managed policies that come with Daypass.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ManagedPoliciesTest {
  private static final String ARN = "arn:aws:iam::aws:policy/";

  @TestHTTPResource URI server;
  private IamClient iam;

  @BeforeEach
  void begin() {
    iam = Sdk.iam(new Wire(server.getPort()).server());
  }

  @Test
  void each_says_whose_it_is_and_its_document_is_one_that_anyone_could_create() {
    var all = iam.listPoliciesPaginator(r -> r.scope(PolicyScopeType.AWS)).policies();

    assertThat(all)
        .extracting(Policy::policyName)
        .contains("AdministratorAccess", "ReadOnlyAccess", "PowerUserAccess", "ViewOnlyAccess");
    for (Policy listed : all) {
      Policy policy = iam.getPolicy(r -> r.policyArn(listed.arn())).policy();
      assertThat(policy.description()).startsWith("By Daypass: ");
      String document =
          URLDecoder.decode(
              iam.getPolicyVersion(
                      r -> r.policyArn(policy.arn()).versionId(policy.defaultVersionId()))
                  .policyVersion()
                  .document(),
              StandardCharsets.UTF_8);
      iam.createPolicy(r -> r.policyName("copy-" + UUID.randomUUID()).policyDocument(document));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ReadOnlyAccess, iam:GetUser, ALLOWED",
    "ReadOnlyAccess, s3:GetObject, ALLOWED",
    "ReadOnlyAccess, iam:CreateUser, IMPLICIT_DENY",
    "ReadOnlyAccess, sts:AssumeRole, IMPLICIT_DENY",
    "ReadOnlyAccess, secretsmanager:GetSecretValue, IMPLICIT_DENY",
    "PowerUserAccess, s3:DeleteBucket, ALLOWED",
    "PowerUserAccess, iam:ListRoles, ALLOWED",
    "PowerUserAccess, iam:AttachUserPolicy, IMPLICIT_DENY",
    "PowerUserAccess, organizations:AttachPolicy, IMPLICIT_DENY",
    "SecurityAudit, iam:ListUsers, ALLOWED",
    "SecurityAudit, s3:GetObject, IMPLICIT_DENY",
    "job-function/ViewOnlyAccess, s3:ListAllMyBuckets, ALLOWED",
    "job-function/ViewOnlyAccess, s3:GetObject, IMPLICIT_DENY",
    "job-function/SupportUser, cloudtrail:LookupEvents, ALLOWED",
    "job-function/SupportUser, iam:CreateLoginProfile, IMPLICIT_DENY",
    "AmazonS3FullAccess, s3:PutObject, ALLOWED",
    "AmazonS3ReadOnlyAccess, s3:PutObject, IMPLICIT_DENY",
  })
  void each_allows_what_its_name_says(
      String policy, String action, PolicyEvaluationDecisionType expected) {
    String user = "managed-" + UUID.randomUUID();
    iam.createUser(r -> r.userName(user));
    iam.attachUserPolicy(r -> r.userName(user).policyArn(ARN + policy));

    var decided =
        iam.simulatePrincipalPolicy(
            r ->
                r.policySourceArn("arn:aws:iam::" + People.ACCOUNT + ":user/" + user)
                    .actionNames(action));

    assertThat(decided.evaluationResults().getFirst().evalDecision()).isEqualTo(expected);
  }

  @Test
  void what_is_for_oneself_is_for_nobody_else() {
    String user = "managed-" + UUID.randomUUID();
    String arn = "arn:aws:iam::" + People.ACCOUNT + ":user/" + user;
    iam.createUser(r -> r.userName(user));
    iam.attachUserPolicy(r -> r.userName(user).policyArn(ARN + "IAMUserSSHKeys"));

    assertThat(sshKeys(arn, arn)).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
    assertThat(sshKeys(arn, "arn:aws:iam::" + People.ACCOUNT + ":user/admin"))
        .isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
  }

  private PolicyEvaluationDecisionType sshKeys(String who, String whose) {
    return iam.simulatePrincipalPolicy(
            r -> r.policySourceArn(who).actionNames("iam:UploadSSHPublicKey").resourceArns(whose))
        .evaluationResults()
        .getFirst()
        .evalDecision();
  }
}
