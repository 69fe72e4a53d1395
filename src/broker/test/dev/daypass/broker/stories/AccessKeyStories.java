package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Wire.Key;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.sts.model.StsException;

/// Access keys.
final class AccessKeyStories implements Stories {

  @Answers("CreateAccessKey")
  void a_new_key_is_active_and_works_at_once(Aws aws) {
    String user = aws.user();

    AccessKey key = aws.iam().createAccessKey(r -> r.userName(user)).accessKey();

    assertThat(key.userName()).isEqualTo(user);
    assertThat(key.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
    assertThat(key.secretAccessKey()).matches("[A-Za-z0-9/+]{40}");
    assertThat(key.status()).isEqualTo(StatusType.ACTIVE);
    Aws.assertRecent(key.createDate());
    assertThat(aws.sts(Aws.key(key)).getCallerIdentity().arn()).isEqualTo(Aws.arn("user/" + user));
  }

  @Refuses("CreateAccessKey")
  void a_third_key(Aws aws) {
    String user = aws.user();
    aws.key(user);
    aws.key(user);

    Aws.assertRefused(
        LimitExceededException.class,
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2",
        () -> aws.key(user));
  }

  @Refuses("CreateAccessKey")
  @Refuses("ListAccessKeys")
  void the_keys_of_nobody(Aws aws) {
    String user = aws.name();

    Aws.assertUnknown(
        "The user with name " + user + " cannot be found.",
        () -> aws.iam().createAccessKey(r -> r.userName(user)),
        () -> aws.iam().listAccessKeys(r -> r.userName(user)));
  }

  @Answers("ListAccessKeys")
  void keys_come_page_by_page_without_their_secrets(Aws aws) {
    String user = aws.user();
    List<String> ids = List.of(aws.key(user).id(), aws.key(user).id());

    var all = aws.iam().listAccessKeys(r -> r.userName(user));
    var first = aws.iam().listAccessKeys(r -> r.userName(user).maxItems(1));
    var rest = aws.iam().listAccessKeys(r -> r.userName(user).marker(first.marker()));

    assertThat(all.isTruncated()).isFalse();
    assertThat(all.accessKeyMetadata())
        .extracting(AccessKeyMetadata::accessKeyId)
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(all.accessKeyMetadata())
        .allSatisfy(
            key -> {
              assertThat(key.userName()).isEqualTo(user);
              assertThat(key.status()).isEqualTo(StatusType.ACTIVE);
              Aws.assertRecent(key.createDate());
            });
    assertThat(first.isTruncated()).isTrue();
    assertThat(first.accessKeyMetadata()).containsExactly(all.accessKeyMetadata().getFirst());
    assertThat(rest.accessKeyMetadata()).containsExactly(all.accessKeyMetadata().getLast());
  }

  @Answers("UpdateAccessKey")
  void a_key_is_put_out_of_use_and_into_use_again(Aws aws) {
    String user = aws.user();
    Key key = aws.key(user);

    update(aws, user, key.id(), StatusType.INACTIVE);
    Aws.assertRefused(
        StsException.class,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        () -> aws.sts(key).getCallerIdentity());
    update(aws, user, key.id(), StatusType.ACTIVE);

    assertThat(aws.sts(key).getCallerIdentity().account()).isEqualTo(Aws.ACCOUNT);
  }

  private static void update(Aws aws, String user, String id, StatusType status) {
    aws.iam().updateAccessKey(r -> r.userName(user).accessKeyId(id).status(status));
  }

  @Refuses("UpdateAccessKey")
  @Refuses("DeleteAccessKey")
  void the_key_of_another_user(Aws aws) {
    String user = aws.user();
    String other = aws.key(aws.user()).id();

    Aws.assertUnknown(
        "The Access Key with id " + other + " cannot be found.",
        () -> update(aws, user, other, StatusType.INACTIVE),
        () -> aws.iam().deleteAccessKey(r -> r.userName(user).accessKeyId(other)));
  }

  @Refuses("UpdateAccessKey")
  void a_status_there_is_not(Aws aws) {
    String user = aws.user();
    String id = aws.key(user).id();

    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "at 'status' failed to satisfy constraint: Member must satisfy enum value set",
        () -> aws.iam().updateAccessKey(r -> r.userName(user).accessKeyId(id).status("Asleep")));
  }

  @Answers("DeleteAccessKey")
  void a_deleted_key_works_no_more(Aws aws) {
    String user = aws.user();
    Key key = aws.key(user);

    aws.iam().deleteAccessKey(r -> r.userName(user).accessKeyId(key.id()));

    assertThat(aws.iam().listAccessKeys(r -> r.userName(user)).accessKeyMetadata()).isEmpty();
    Aws.assertRefused(
        StsException.class, "InvalidClientTokenId", "", () -> aws.sts(key).getCallerIdentity());
  }

  @Answers("GetAccessKeyLastUsed")
  void a_key_that_was_never_used(Aws aws) {
    String user = aws.user();
    String id = aws.key(user).id();

    var told = aws.iam().getAccessKeyLastUsed(r -> r.accessKeyId(id));

    assertThat(told.userName()).isEqualTo(user);
    assertThat(told.accessKeyLastUsed().lastUsedDate()).isNull();
    assertThat(told.accessKeyLastUsed().serviceName()).isEqualTo("N/A");
    assertThat(told.accessKeyLastUsed().region()).isEqualTo("N/A");
  }

  @Refuses("GetAccessKeyLastUsed")
  void a_key_that_is_not_there_and_one_that_may_not_be_seen_look_the_same(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "AccessDenied",
        "is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key"
            + " AKIAIOSFODNN7EXAMPLE",
        () -> aws.iam().getAccessKeyLastUsed(r -> r.accessKeyId("AKIAIOSFODNN7EXAMPLE")));
  }
}
