package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.model.InvalidAuthorizationMessageException;
import software.amazon.awssdk.services.sts.model.StsException;

/// What keys and refusals say to those who may ask.
final class TokenStories implements Stories {

  @Answers("GetAccessKeyInfo")
  void a_key_says_its_account_even_once_it_is_gone(Aws aws) {
    String user = aws.user();
    String key = aws.key(user).id();
    aws.iam().deleteAccessKey(r -> r.userName(user).accessKeyId(key));

    assertThat(aws.sts().getAccessKeyInfo(r -> r.accessKeyId(key)).account())
        .isEqualTo(Aws.ACCOUNT);
  }

  @Refuses("GetAccessKeyInfo")
  void what_is_no_key(Aws aws) {
    Aws.assertRefused(
        StsException.class,
        "ValidationError",
        "at 'accessKeyId' failed to satisfy constraint",
        () -> aws.sts().getAccessKeyInfo(r -> r.accessKeyId("short")));
  }

  @Answers("DecodeAuthorizationMessage")
  void a_refusal_is_explained_to_whoever_may_know(Aws aws) {
    String user = aws.user();
    IamClient nobody = aws.iam(aws.key(user));

    IamException refusal = catchThrowableOfType(IamException.class, nobody::listUsers);
    String message =
        refusal
            .awsErrorDetails()
            .sdkHttpResponse()
            .firstMatchingHeader("x-daypass-authorization-message")
            .orElseThrow();

    assertThat(
            aws.sts().decodeAuthorizationMessage(r -> r.encodedMessage(message)).decodedMessage())
        .contains("\"allowed\":false", "\"explicitDeny\":false", "iam:ListUsers")
        .contains(Aws.arn("user/" + user));
  }

  @Refuses("DecodeAuthorizationMessage")
  void what_is_no_explanation(Aws aws) {
    Aws.assertRefused(
        InvalidAuthorizationMessageException.class,
        "InvalidAuthorizationMessageException",
        "Message is not valid",
        () -> aws.sts().decodeAuthorizationMessage(r -> r.encodedMessage("none")));
  }
}
