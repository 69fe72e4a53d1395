package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ReportFormatType;
import software.amazon.awssdk.services.iam.model.ReportStateType;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;

/// The account as a whole: its alias, of which it has one, and what is told of it.
final class AccountStories implements Stories {
  private static final Object ONE_AT_A_TIME = new Object();

  private static String alias(Aws aws) {
    return aws.name().toLowerCase(Locale.ROOT);
  }

  @Answers("CreateAccountAlias")
  @Answers("ListAccountAliases")
  @Answers("DeleteAccountAlias")
  void the_newest_alias_takes_the_place_of_the_former(Aws aws) {
    synchronized (ONE_AT_A_TIME) {
      String first = alias(aws);
      String second = alias(aws);

      aws.iam().createAccountAlias(r -> r.accountAlias(first));
      aws.iam().createAccountAlias(r -> r.accountAlias(second));
      var listed = aws.iam().listAccountAliases();
      aws.iam().deleteAccountAlias(r -> r.accountAlias(second));

      assertThat(listed.accountAliases()).containsExactly(second);
      assertThat(listed.isTruncated()).isFalse();
      assertThat(aws.iam().listAccountAliases().accountAliases()).isEmpty();
    }
  }

  @Refuses("CreateAccountAlias")
  @Refuses("DeleteAccountAlias")
  void an_alias_that_is_taken_and_one_that_is_not_there(Aws aws) {
    synchronized (ONE_AT_A_TIME) {
      String alias = alias(aws);
      aws.iam().createAccountAlias(r -> r.accountAlias(alias));

      Aws.assertRefused(
          EntityAlreadyExistsException.class,
          "EntityAlreadyExists",
          "The account alias " + alias + " already exists.",
          () -> aws.iam().createAccountAlias(r -> r.accountAlias(alias)));
      aws.iam().deleteAccountAlias(r -> r.accountAlias(alias));
      Aws.assertUnknown(
          "The account alias " + alias + " cannot be found.",
          () -> aws.iam().deleteAccountAlias(r -> r.accountAlias(alias)));
    }
  }

  @Refuses("ListAccountAliases")
  @Refuses("GetAccountAuthorizationDetails")
  void a_marker_that_no_answer_had(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Invalid Marker.",
        () -> aws.iam().listAccountAliases(r -> r.marker("!")));
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Invalid Marker.",
        () -> aws.iam().getAccountAuthorizationDetails(r -> r.marker("!")));
  }

  @Answers("GetAccountSummary")
  void what_there_is_and_what_there_may_be(Aws aws) {
    aws.user();

    var summary = aws.iam().getAccountSummary().summaryMap();

    assertThat(summary.get(SummaryKeyType.USERS)).isGreaterThan(1);
    assertThat(summary)
        .containsEntry(SummaryKeyType.USERS_QUOTA, 5000)
        .containsEntry(SummaryKeyType.GROUPS_PER_USER_QUOTA, 10)
        .containsEntry(SummaryKeyType.ACCESS_KEYS_PER_USER_QUOTA, 2)
        .containsEntry(SummaryKeyType.ACCOUNT_ACCESS_KEYS_PRESENT, 0)
        .containsEntry(SummaryKeyType.GROUP_POLICY_SIZE_QUOTA, 5120)
        .containsEntry(SummaryKeyType.USER_POLICY_SIZE_QUOTA, 2048)
        .containsEntry(SummaryKeyType.VERSIONS_PER_POLICY_QUOTA, 5)
        .containsEntry(SummaryKeyType.ACCOUNT_MFA_ENABLED, 0)
        .doesNotContainKey(SummaryKeyType.UNKNOWN_TO_SDK_VERSION);
  }

  @Answers("GetAccountAuthorizationDetails")
  void what_a_user_may_page_by_page(Aws aws) {
    String user = aws.user();
    aws.iam().putUserPolicy(r -> r.userName(user).policyName("p").policyDocument(Aws.DOCUMENT));

    var first =
        aws.iam().getAccountAuthorizationDetails(r -> r.filter(EntityType.USER).maxItems(1));
    var told =
        aws
            .iam()
            .getAccountAuthorizationDetailsPaginator(r -> r.filter(EntityType.USER))
            .userDetailList()
            .stream()
            .filter(each -> each.userName().equals(user))
            .findFirst()
            .orElseThrow();

    assertThat(first.isTruncated()).isTrue();
    assertThat(first.roleDetailList()).isEmpty();
    assertThat(told.arn()).isEqualTo(Aws.arn("user/" + user));
    assertThat(Aws.decoded(told.userPolicyList().getFirst().policyDocument()))
        .isEqualTo(Aws.DOCUMENT);
  }

  @Answers("GenerateCredentialReport")
  @Answers("GetCredentialReport")
  void the_report_is_there_at_once(Aws aws) {
    assertThat(aws.iam().generateCredentialReport().state()).isEqualTo(ReportStateType.COMPLETE);

    var report = aws.iam().getCredentialReport();
    assertThat(report.reportFormat()).isEqualTo(ReportFormatType.TEXT_CSV);
    assertThat(report.generatedTime()).isNotNull();
    assertThat(report.content().asUtf8String()).startsWith("user,arn,user_creation_time,");
  }

  @Refuses("GetAccountSummary")
  @Refuses("GenerateCredentialReport")
  @Refuses("GetCredentialReport")
  void whoever_may_not_see_the_account(Aws aws) {
    var nobody = aws.iam(aws.key(aws.user()));

    for (Refused each :
        List.of(
            new Refused("GetAccountSummary", nobody::getAccountSummary),
            new Refused("GenerateCredentialReport", nobody::generateCredentialReport),
            new Refused("GetCredentialReport", nobody::getCredentialReport))) {
      Aws.assertRefused(
          IamException.class,
          "AccessDenied",
          "is not authorized to perform: iam:%s on resource: * because no identity-based policy"
              .formatted(each.action()),
          each.call()::run);
    }
  }

  private record Refused(String action, Runnable call) {}
}
