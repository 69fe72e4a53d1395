package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/// Decisions that are only asked for.
final class SimulationStories implements Stories {
  private static final String CONDITIONAL =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}
      """;

  @Answers("SimulateCustomPolicy")
  void a_result_for_each_action_and_resource_page_by_page(Aws aws) {
    var all =
        aws.iam()
            .simulateCustomPolicy(
                r ->
                    r.policyInputList(CONDITIONAL)
                        .actionNames("s3:GetObject", "s3:PutObject")
                        .resourceArns("arn:aws:s3:::a/b"));
    var first =
        aws.iam()
            .simulateCustomPolicy(
                r ->
                    r.policyInputList(CONDITIONAL)
                        .actionNames("s3:GetObject", "s3:PutObject")
                        .maxItems(1));

    EvaluationResult get = all.evaluationResults().getFirst();
    assertThat(all.evaluationResults()).hasSize(2);
    assertThat(all.isTruncated()).isFalse();
    assertThat(get.evalActionName()).isEqualTo("s3:GetObject");
    assertThat(get.evalResourceName()).isEqualTo("arn:aws:s3:::a/b");
    assertThat(get.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(get.missingContextValues()).containsExactly("aws:MultiFactorAuthPresent");
    assertThat(first.evaluationResults()).hasSize(1);
    assertThat(first.isTruncated()).isTrue();
  }

  @Refuses("SimulateCustomPolicy")
  @Refuses("GetContextKeysForCustomPolicy")
  void what_is_no_policy(Aws aws) {
    Aws.assertRefused(
        InvalidInputException.class,
        "InvalidInput",
        "Invalid Input Policy",
        () -> aws.iam().simulateCustomPolicy(r -> r.policyInputList("{}").actionNames("a:b")));
    Aws.assertRefused(
        InvalidInputException.class,
        "InvalidInput",
        "Invalid Input Policy",
        () -> aws.iam().getContextKeysForCustomPolicy(r -> r.policyInputList("{}")));
  }

  @Answers("SimulatePrincipalPolicy")
  @Answers("GetContextKeysForPrincipalPolicy")
  void what_a_user_could_do(Aws aws) {
    String user = aws.user();
    aws.iam().putUserPolicy(r -> r.userName(user).policyName("p").policyDocument(CONDITIONAL));

    var result =
        aws.iam()
            .simulatePrincipalPolicy(
                r ->
                    r.policySourceArn(Aws.arn("user/" + user))
                        .actionNames("s3:GetObject")
                        .contextEntries(
                            c ->
                                c.contextKeyName("aws:MultiFactorAuthPresent")
                                    .contextKeyType("boolean")
                                    .contextKeyValues("true")))
            .evaluationResults()
            .getFirst();
    var keys =
        aws.iam().getContextKeysForPrincipalPolicy(r -> r.policySourceArn(Aws.arn("user/" + user)));

    assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
    assertThat(result.matchedStatements().getFirst().sourcePolicyId()).isEqualTo("p");
    assertThat(result.missingContextValues()).isEmpty();
    assertThat(keys.contextKeyNames()).containsExactly("aws:MultiFactorAuthPresent");
  }

  @Refuses("SimulatePrincipalPolicy")
  @Refuses("GetContextKeysForPrincipalPolicy")
  void what_nobody_could_do(Aws aws) {
    String arn = Aws.arn("user/" + aws.name());

    Aws.assertUnknown(
        "",
        () -> aws.iam().simulatePrincipalPolicy(r -> r.policySourceArn(arn).actionNames("a:b")),
        () -> aws.iam().getContextKeysForPrincipalPolicy(r -> r.policySourceArn(arn)));
  }

  @Answers("GetContextKeysForCustomPolicy")
  void the_keys_of_conditions_and_variables(Aws aws) {
    assertThat(
            aws.iam()
                .getContextKeysForCustomPolicy(r -> r.policyInputList(CONDITIONAL, Aws.DOCUMENT))
                .contextKeyNames())
        .containsExactlyInAnyOrder("aws:MultiFactorAuthPresent", "aws:username");
  }

  @Refuses("SimulatePrincipalPolicy")
  void the_source_must_be_said(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Value null at 'policySourceArn' failed to satisfy constraint: Member must not be null",
        () -> aws.iam().simulatePrincipalPolicy(r -> r.actionNames("a:b")));
  }
}
