package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;
import software.amazon.awssdk.services.iam.model.Tag;

/// OIDC providers, as AWS documents them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class OidcProvidersTest {
  private static final String THUMBPRINT = "9e99a48a9960b14926bb7f3b02e22da2b0ab7280";

  @TestHTTPResource URI server;
  private Wire wire;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
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

  private static String host() {
    return UUID.randomUUID() + ".example.com";
  }

  private String provider(String host) {
    return iam.createOpenIDConnectProvider(
            r -> r.url("https://" + host).clientIDList("sts.amazonaws.com"))
        .openIDConnectProviderArn();
  }

  private Reply admin(String action, String... parameters) {
    return wire.iam(Key.ADMIN, action, parameters);
  }

  @Test
  void a_provider_is_made_and_comes_back_as_terraform_expects_it() {
    String host = host();
    int before = iam.getAccountSummary().summaryMapAsStrings().get("Providers");

    var created =
        iam.createOpenIDConnectProvider(
            r ->
                r.url("https://" + host + "/realms/one")
                    .clientIDList("b", "a")
                    .thumbprintList(THUMBPRINT)
                    .tags(Tag.builder().key("team").value("ci").build()));

    String arn = created.openIDConnectProviderArn();
    var got = iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
    assertThat(arn).isEqualTo("arn:aws:iam::111122223333:oidc-provider/" + host + "/realms/one");
    assertThat(created.tags()).hasSize(1);
    assertThat(iam.getAccountSummary().summaryMapAsStrings())
        .containsEntry("Providers", before + 1);
    assertThat(got.url()).isEqualTo(host + "/realms/one");
    assertThat(got.clientIDList()).containsExactly("b", "a");
    assertThat(got.thumbprintList()).containsExactly(THUMBPRINT);
    assertThat(got.createDate()).isNotNull();
    assertThat(got.tags()).isEqualTo(created.tags());
    assertThat(iam.listOpenIDConnectProviders().openIDConnectProviderList())
        .extracting(OpenIDConnectProviderListEntry::arn)
        .contains(arn);
  }

  @Test
  void thumbprints_client_ids_and_tags_can_be_left_out() {
    String arn =
        iam.createOpenIDConnectProvider(r -> r.url("https://" + host())).openIDConnectProviderArn();

    var got = iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));

    assertThat(got.clientIDList()).isEmpty();
    assertThat(got.thumbprintList()).isEmpty();
    assertThat(got.tags()).isEmpty();
  }

  @Test
  void client_ids_are_added_and_removed_as_often_as_one_likes() {
    String arn = provider(host());

    for (int i = 0; i < 2; i++) {
      iam.addClientIDToOpenIDConnectProvider(
          r -> r.openIDConnectProviderArn(arn).clientID("another"));
      iam.removeClientIDFromOpenIDConnectProvider(
          r -> r.openIDConnectProviderArn(arn).clientID("sts.amazonaws.com"));
    }

    assertThat(iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn)).clientIDList())
        .containsExactly("another");
  }

  @Test
  void thumbprints_are_replaced() {
    String arn = provider(host());

    iam.updateOpenIDConnectProviderThumbprint(
        r -> r.openIDConnectProviderArn(arn).thumbprintList(THUMBPRINT));

    assertThat(iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn)).thumbprintList())
        .containsExactly(THUMBPRINT);
  }

  @Test
  void tags_come_and_go() {
    String arn = provider(host());

    iam.tagOpenIDConnectProvider(
        r ->
            r.openIDConnectProviderArn(arn)
                .tags(
                    Tag.builder().key("a").value("1").build(),
                    Tag.builder().key("b").value("2").build()));
    var first = iam.listOpenIDConnectProviderTags(r -> r.openIDConnectProviderArn(arn).maxItems(1));
    iam.untagOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn).tagKeys("A"));

    assertThat(first.isTruncated()).isTrue();
    assertThat(iam.listOpenIDConnectProviderTags(r -> r.openIDConnectProviderArn(arn)).tags())
        .extracting(Tag::key)
        .containsExactly("b");
  }

  @Test
  void one_that_is_there_cannot_be_made_again_until_it_is_deleted() {
    String host = host();
    String arn = provider(host);

    assertThatThrownBy(() -> provider(host))
        .isInstanceOf(EntityAlreadyExistsException.class)
        .hasMessageContaining("Provider with url https://" + host + " already exists.");
    iam.tagOpenIDConnectProvider(
        r -> r.openIDConnectProviderArn(arn).tags(Tag.builder().key("old").value("tag").build()));
    iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
    iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));

    assertThat(provider(host)).isEqualTo(arn);
    assertThat(iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn)).tags()).isEmpty();
  }

  @Test
  void what_is_not_there_cannot_be_read_or_changed() {
    String arn = "arn:aws:iam::111122223333:oidc-provider/" + host();

    assertThatThrownBy(() -> iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn)))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("OpenIDConnect Provider not found for arn " + arn);
    for (String action :
        List.of(
            "AddClientIDToOpenIDConnectProvider",
            "RemoveClientIDFromOpenIDConnectProvider",
            "UpdateOpenIDConnectProviderThumbprint",
            "TagOpenIDConnectProvider",
            "UntagOpenIDConnectProvider",
            "ListOpenIDConnectProviderTags")) {
      assertThat(
              admin(
                      action,
                      "OpenIDConnectProviderArn",
                      arn,
                      "ClientID",
                      "c",
                      "ThumbprintList.member.1",
                      THUMBPRINT,
                      "Tags.member.1.Key",
                      "k",
                      "Tags.member.1.Value",
                      "v",
                      "TagKeys.member.1",
                      "k")
                  .code())
          .as(action)
          .isEqualTo("NoSuchEntity");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example.com",
        "issuer.example.com",
        "HTTPS://issuer.example.com",
        "https://",
        "https://Issuer.example.com",
        "https://user@issuer.example.com",
        "https://issuer.example.com?x=1",
        "https://issuer.example.com#x",
        "https://issuer.example.com/a/../b",
        "https://issuer.example.com//a",
        "https://issuer.example.com/%61",
        "https://issuer.example.com:443",
        "https://issuer.example.com:0",
        "https://issuer.example.com:99999",
        "https://issuer.example.com\\@evil.example.com",
        "https://issuer.example.com/a b",
        "https://issu\u00e9r.example.com",
        "https://[::1]/a"
      })
  void a_url_that_is_no_issuers(String url) {
    Reply reply = admin("CreateOpenIDConnectProvider", "Url", url);

    assertThat(reply.code()).isEqualTo("ValidationError");
    assertThat(reply.message()).isEqualTo("Invalid Open ID Connect Provider URL");
  }

  @Test
  void what_no_database_can_hold() {
    String arn = provider(host());

    for (String[] parameters :
        List.of(
            new String[] {"OpenIDConnectProviderArn", arn, "ClientID", "a\0b"},
            new String[] {"OpenIDConnectProviderArn", arn + "\0", "ClientID", "a"})) {
      assertThat(admin("AddClientIDToOpenIDConnectProvider", parameters).code())
          .isEqualTo("ValidationError");
    }
    assertThat(admin("CreateOpenIDConnectProvider", "Url", "https://a\0b").code())
        .isEqualTo("ValidationError");
  }

  @Test
  void what_is_too_long_or_too_much() {
    String host = host();
    List<String> ids = IntStream.rangeClosed(1, 101).mapToObj(i -> "client" + i).toList();
    String[] prints = IntStream.range(0, 6).mapToObj(_ -> THUMBPRINT).toArray(String[]::new);

    assertThat(admin("CreateOpenIDConnectProvider", "Url", "https://" + "a".repeat(250)).message())
        .contains("Member must have length less than or equal to 255");
    assertThat(
            admin(
                    "CreateOpenIDConnectProvider",
                    "Url",
                    "https://" + host,
                    "ThumbprintList.member.1",
                    "zz" + THUMBPRINT.substring(2))
                .code())
        .isEqualTo("ValidationError");
    assertThatThrownBy(
            () ->
                iam.createOpenIDConnectProvider(
                    r -> r.url("https://" + host).thumbprintList(prints)))
        .hasMessageContaining("Thumbprint list must contain fewer than 5 entries.");
    assertThatThrownBy(
            () -> iam.createOpenIDConnectProvider(r -> r.url("https://" + host).clientIDList(ids)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100");
  }

  @Test
  void simultaneous_additions_are_all_kept_and_none_is_too_many() throws Exception {
    String arn =
        iam.createOpenIDConnectProvider(
                r ->
                    r.url("https://" + host())
                        .clientIDList(IntStream.range(0, 90).mapToObj(i -> "before" + i).toList()))
            .openIDConnectProviderArn();

    List<String> codes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Reply>> calls =
          IntStream.range(0, 20)
              .<Callable<Reply>>mapToObj(
                  i ->
                      () ->
                          admin(
                              "AddClientIDToOpenIDConnectProvider",
                              "OpenIDConnectProviderArn",
                              arn,
                              "ClientID",
                              "client" + i))
              .toList();
      for (var call : threads.invokeAll(calls)) {
        codes.add(call.get().code());
      }
    }

    assertThat(codes.stream().filter("OK"::equals)).hasSize(10);
    assertThat(codes.stream().filter("LimitExceeded"::equals)).hasSize(10);
    assertThat(iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn)).clientIDList())
        .hasSize(100);
  }

  @Test
  void an_account_has_a_hundred_providers_at_most() throws Exception {
    int there = iam.listOpenIDConnectProviders().openIDConnectProviderList().size();
    List<String> codes = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Reply>> calls =
          IntStream.range(there, 105)
              .<Callable<Reply>>mapToObj(
                  _ -> () -> admin("CreateOpenIDConnectProvider", "Url", "https://" + host()))
              .toList();
      for (var call : threads.invokeAll(calls)) {
        codes.add(call.get().code());
      }
    }

    List<OpenIDConnectProviderListEntry> all =
        iam.listOpenIDConnectProviders().openIDConnectProviderList();
    all.forEach(
        provider ->
            iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(provider.arn())));
    assertThat(all).hasSize(100);
    assertThat(codes.stream().filter("LimitExceeded"::equals)).hasSize(5);
    assertThat(iam.listOpenIDConnectProviders().openIDConnectProviderList()).isEmpty();
  }
}
