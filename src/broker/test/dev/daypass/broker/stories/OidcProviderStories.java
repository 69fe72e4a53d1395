package dev.daypass.broker.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;
import software.amazon.awssdk.services.iam.model.Tag;

/// OIDC providers and their tags.
final class OidcProviderStories implements Stories {
  private static final String THUMBPRINT = "9e99a48a9960b14926bb7f3b02e22da2b0ab7280";

  private static String host() {
    return UUID.randomUUID() + ".example.com";
  }

  /// The ARN of a new provider with one client id, `a`.
  private static String provider(Aws aws) {
    return aws.iam()
        .createOpenIDConnectProvider(r -> r.url("https://" + host()).clientIDList("a"))
        .openIDConnectProviderArn();
  }

  private static List<String> clients(Aws aws, String arn) {
    return aws.iam().getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn)).clientIDList();
  }

  @Answers("CreateOpenIDConnectProvider")
  @Answers("GetOpenIDConnectProvider")
  void a_provider_has_the_issuer_in_its_arn(Aws aws) {
    String host = host();

    var made =
        aws.iam()
            .createOpenIDConnectProvider(
                r ->
                    r.url("https://" + host + "/a")
                        .clientIDList("b", "a")
                        .thumbprintList(THUMBPRINT)
                        .tags(Aws.tag("a", "b")));

    String arn = made.openIDConnectProviderArn();
    var got = aws.iam().getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
    assertThat(arn).isEqualTo(Aws.arn("oidc-provider/" + host + "/a"));
    assertThat(made.tags()).containsExactly(Aws.tag("a", "b"));
    assertThat(got.url()).isEqualTo(host + "/a");
    assertThat(got.clientIDList()).containsExactlyInAnyOrder("a", "b");
    assertThat(got.thumbprintList()).containsExactly(THUMBPRINT);
    assertThat(got.tags()).isEqualTo(made.tags());
    Aws.assertRecent(got.createDate());
  }

  @Refuses("CreateOpenIDConnectProvider")
  void an_issuer_has_one_provider(Aws aws) {
    String arn = provider(aws);
    String url = "https://" + arn.substring(arn.lastIndexOf('/') + 1);

    Aws.assertRefused(
        EntityAlreadyExistsException.class,
        "EntityAlreadyExists",
        "Provider with url " + url + " already exists.",
        () -> aws.iam().createOpenIDConnectProvider(r -> r.url(url)));
  }

  @Answers("ListOpenIDConnectProviders")
  void all_are_listed(Aws aws) {
    String arn = provider(aws);

    assertThat(aws.iam().listOpenIDConnectProviders().openIDConnectProviderList())
        .extracting(OpenIDConnectProviderListEntry::arn)
        .contains(arn);
  }

  @Refuses("ListOpenIDConnectProviders")
  void whoever_may_not_list_them(Aws aws) {
    IamClient nobody = aws.iam(aws.key(aws.user()));

    Aws.assertRefused(
        IamException.class,
        "AccessDenied",
        "because no identity-based policy allows the iam:ListOpenIDConnectProviders action",
        nobody::listOpenIDConnectProviders);
  }

  @Answers("AddClientIDToOpenIDConnectProvider")
  @Answers("RemoveClientIDFromOpenIDConnectProvider")
  void client_ids_come_and_go_as_often_as_it_is_said(Aws aws) {
    String arn = provider(aws);

    for (int i = 0; i < 2; i++) {
      aws.iam()
          .addClientIDToOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).clientID("b"));
      aws.iam()
          .removeClientIDFromOpenIDConnectProvider(
              r -> r.openIDConnectProviderArn(arn).clientID("a"));
    }

    assertThat(clients(aws, arn)).containsExactly("b");
  }

  @Answers("UpdateOpenIDConnectProviderThumbprint")
  void thumbprints_are_replaced(Aws aws) {
    String arn = provider(aws);
    String other = THUMBPRINT.toUpperCase(Locale.ROOT);

    for (String print : new String[] {other, THUMBPRINT}) {
      aws.iam()
          .updateOpenIDConnectProviderThumbprint(
              r -> r.openIDConnectProviderArn(arn).thumbprintList(print));
    }

    assertThat(
            aws.iam()
                .getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn))
                .thumbprintList())
        .containsExactly(THUMBPRINT);
  }

  @Answers("DeleteOpenIDConnectProvider")
  void deleting_twice_is_like_deleting_once(Aws aws) {
    String arn = provider(aws);

    aws.iam().deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
    aws.iam().deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));

    Aws.assertUnknown("OpenIDConnect Provider not found for arn " + arn, () -> clients(aws, arn));
  }

  @Refuses("DeleteOpenIDConnectProvider")
  void what_is_too_short_to_be_an_arn(Aws aws) {
    Aws.assertRefused(
        IamException.class,
        "ValidationError",
        "Value 'arn' at 'openIDConnectProviderArn' failed to satisfy constraint: Member must have"
            + " length greater than or equal to 20",
        () -> aws.iam().deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn("arn")));
  }

  @Answers("TagOpenIDConnectProvider")
  @Answers("UntagOpenIDConnectProvider")
  @Answers("ListOpenIDConnectProviderTags")
  void tags_come_page_by_page_and_go(Aws aws) {
    String arn = provider(aws);

    aws.iam()
        .tagOpenIDConnectProvider(
            r -> r.openIDConnectProviderArn(arn).tags(Aws.tag("a", "1"), Aws.tag("b", "2")));
    var first =
        aws.iam().listOpenIDConnectProviderTags(r -> r.openIDConnectProviderArn(arn).maxItems(1));
    aws.iam().untagOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).tagKeys("a"));

    assertThat(first.tags()).containsExactly(Aws.tag("a", "1"));
    assertThat(first.isTruncated()).isTrue();
    assertThat(aws.iam().listOpenIDConnectProviderTags(r -> r.openIDConnectProviderArn(arn)).tags())
        .extracting(Tag::key)
        .containsExactly("b");
  }

  @Refuses("GetOpenIDConnectProvider")
  @Refuses("AddClientIDToOpenIDConnectProvider")
  @Refuses("RemoveClientIDFromOpenIDConnectProvider")
  @Refuses("UpdateOpenIDConnectProviderThumbprint")
  @Refuses("TagOpenIDConnectProvider")
  @Refuses("UntagOpenIDConnectProvider")
  @Refuses("ListOpenIDConnectProviderTags")
  void a_provider_that_is_not_there(Aws aws) {
    String arn = Aws.arn("oidc-provider/" + host());
    IamClient iam = aws.iam();

    Aws.assertUnknown(
        "OpenIDConnect Provider not found for arn " + arn,
        () -> clients(aws, arn),
        () ->
            iam.addClientIDToOpenIDConnectProvider(
                r -> r.openIDConnectProviderArn(arn).clientID("b")),
        () ->
            iam.removeClientIDFromOpenIDConnectProvider(
                r -> r.openIDConnectProviderArn(arn).clientID("b")),
        () ->
            iam.updateOpenIDConnectProviderThumbprint(
                r -> r.openIDConnectProviderArn(arn).thumbprintList(THUMBPRINT)),
        () ->
            iam.tagOpenIDConnectProvider(
                r -> r.openIDConnectProviderArn(arn).tags(Aws.tag("a", "b"))),
        () -> iam.untagOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).tagKeys("a")),
        () -> iam.listOpenIDConnectProviderTags(r -> r.openIDConnectProviderArn(arn)));
  }
}
