package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidUserTypeException;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.PasswordPolicyViolationException;

/// Passwords.
final class LoginProfileStories implements Stories {
  /// Good under every policy that a test makes.
  static final String PASSWORD = "Correct-Horse-1-Battery";

  private static final String ANOTHER = "Another-Horse-2-Battery";

  private static String withPassword(Aws aws) {
    String user = aws.user();
    aws.iam().createLoginProfile(r -> r.userName(user).password(PASSWORD));
    return user;
  }

  private static IamClient as(Aws aws, String user) {
    aws.allow(user, "iam:ChangePassword", "*");
    return aws.iam(aws.key(user));
  }

  private static String unknown(String user) {
    return "Login Profile for User " + user + " cannot be found.";
  }

  @Answers("CreateLoginProfile")
  @Answers("GetLoginProfile")
  void a_password_is_given_and_never_shown(Aws aws) {
    String user = aws.user();

    LoginProfile made =
        aws.iam()
            .createLoginProfile(
                r -> r.userName(user).password(PASSWORD).passwordResetRequired(true))
            .loginProfile();

    assertThat(made.userName()).isEqualTo(user);
    assertThat(made.passwordResetRequired()).isTrue();
    Aws.assertRecent(made.createDate());
    assertThat(aws.iam().getLoginProfile(r -> r.userName(user)).loginProfile()).isEqualTo(made);
  }

  @Refuses("CreateLoginProfile")
  void a_second_password(Aws aws) {
    String user = withPassword(aws);

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "Login Profile for user " + user + " already exists.",
        () -> aws.iam().createLoginProfile(r -> r.userName(user).password(PASSWORD)));
  }

  @Refuses("CreateLoginProfile")
  void a_password_that_the_policy_refuses(Aws aws) {
    String user = aws.user();

    Aws.assertRefused(
        PasswordPolicyViolationException.class,
        "PasswordPolicyViolation",
        "",
        () -> aws.iam().createLoginProfile(r -> r.userName(user).password("short")));
  }

  @Refuses("GetLoginProfile")
  @Refuses("UpdateLoginProfile")
  @Refuses("DeleteLoginProfile")
  void a_user_without_a_password(Aws aws) {
    String user = aws.user();

    Aws.assertUnknown(
        unknown(user),
        () -> aws.iam().getLoginProfile(r -> r.userName(user)),
        () -> aws.iam().updateLoginProfile(r -> r.userName(user).password(PASSWORD)),
        () -> aws.iam().deleteLoginProfile(r -> r.userName(user)));
  }

  @Answers("UpdateLoginProfile")
  void what_is_left_out_stays(Aws aws) {
    String user = withPassword(aws);

    aws.iam().updateLoginProfile(r -> r.userName(user).passwordResetRequired(true));
    aws.iam().updateLoginProfile(r -> r.userName(user).password(ANOTHER));

    var profile = aws.iam().getLoginProfile(r -> r.userName(user)).loginProfile();
    assertThat(profile.passwordResetRequired()).isTrue();
    as(aws, user).changePassword(r -> r.oldPassword(ANOTHER).newPassword(PASSWORD));
  }

  @Answers("DeleteLoginProfile")
  void the_password_is_gone(Aws aws) {
    String user = withPassword(aws);

    aws.iam().deleteLoginProfile(r -> r.userName(user));

    Aws.assertUnknown(unknown(user), () -> aws.iam().getLoginProfile(r -> r.userName(user)));
  }

  @Answers("ChangePassword")
  void a_user_changes_the_password_and_need_not_again(Aws aws) {
    String user = aws.user();
    aws.iam()
        .createLoginProfile(r -> r.userName(user).password(PASSWORD).passwordResetRequired(true));
    IamClient self = as(aws, user);

    self.changePassword(r -> r.oldPassword(PASSWORD).newPassword(ANOTHER));

    assertThat(
            aws.iam().getLoginProfile(r -> r.userName(user)).loginProfile().passwordResetRequired())
        .isFalse();
    Aws.assertRefused(
        IamException.class,
        "PasswordPolicyViolation",
        "The old password was incorrect.",
        () -> self.changePassword(r -> r.oldPassword(PASSWORD).newPassword(ANOTHER)));
  }

  @Refuses("ChangePassword")
  void one_without_a_password_and_one_who_is_no_user(Aws aws) {
    String user = aws.user();

    Aws.assertUnknown(
        unknown(user),
        () -> as(aws, user).changePassword(r -> r.oldPassword(PASSWORD).newPassword(ANOTHER)));
    Aws.assertRefused(
        InvalidUserTypeException.class,
        "InvalidUserType",
        "Only IAM Users can change their own password",
        () ->
            aws.iam(SessionStories.assumed(aws))
                .changePassword(r -> r.oldPassword(PASSWORD).newPassword(ANOTHER)));
  }
}
