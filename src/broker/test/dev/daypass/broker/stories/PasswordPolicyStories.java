package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.PasswordPolicy;

/// The password policy, of which an account has one: these stories are told one after another.
final class PasswordPolicyStories implements Stories {
  private static final Object ONE_AT_A_TIME = new Object();

  private static void remove(Aws aws) {
    aws.iam().updateAccountPasswordPolicy(r -> {});
    aws.iam().deleteAccountPasswordPolicy();
  }

  @Answers("UpdateAccountPasswordPolicy")
  @Answers("GetAccountPasswordPolicy")
  @Answers("DeleteAccountPasswordPolicy")
  void what_is_not_said_is_the_default_again(Aws aws) {
    synchronized (ONE_AT_A_TIME) {
      aws.iam()
          .updateAccountPasswordPolicy(
              r ->
                  r.minimumPasswordLength(12)
                      .requireSymbols(true)
                      .maxPasswordAge(90)
                      .passwordReusePrevention(3)
                      .hardExpiry(true));
      PasswordPolicy set = aws.iam().getAccountPasswordPolicy().passwordPolicy();
      aws.iam().updateAccountPasswordPolicy(r -> r.requireNumbers(true));
      PasswordPolicy next = aws.iam().getAccountPasswordPolicy().passwordPolicy();
      aws.iam().deleteAccountPasswordPolicy();

      assertThat(set.minimumPasswordLength()).isEqualTo(12);
      assertThat(set.requireSymbols()).isTrue();
      assertThat(set.expirePasswords()).isTrue();
      assertThat(set.maxPasswordAge()).isEqualTo(90);
      assertThat(set.passwordReusePrevention()).isEqualTo(3);
      assertThat(set.hardExpiry()).isTrue();
      assertThat(next.requireSymbols()).isFalse();
      assertThat(next.requireNumbers()).isTrue();
      assertThat(next.minimumPasswordLength()).isEqualTo(6);
      assertThat(next.expirePasswords()).isFalse();
      assertThat(next.maxPasswordAge()).isNull();
      assertThat(next.allowUsersToChangePassword()).isFalse();
    }
  }

  @Refuses("UpdateAccountPasswordPolicy")
  void lengths_and_ages_that_aws_does_not_know(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "2 validation errors detected",
        () ->
            aws.iam()
                .updateAccountPasswordPolicy(r -> r.minimumPasswordLength(5).maxPasswordAge(0)));
  }

  @Refuses("GetAccountPasswordPolicy")
  @Refuses("DeleteAccountPasswordPolicy")
  void an_account_without_a_policy(Aws aws) {
    synchronized (ONE_AT_A_TIME) {
      remove(aws);

      Aws.assertUnknown(
          "The Password Policy with domain name " + Aws.ACCOUNT + " cannot be found.",
          () -> aws.iam().getAccountPasswordPolicy(),
          () -> aws.iam().deleteAccountPasswordPolicy());
    }
  }
}
