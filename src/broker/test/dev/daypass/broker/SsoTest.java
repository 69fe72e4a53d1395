package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sso.SsoClient;
import software.amazon.awssdk.services.sso.auth.SsoCredentialsProvider;
import software.amazon.awssdk.services.sso.model.AccountInfo;
import software.amazon.awssdk.services.sso.model.GetRoleCredentialsRequest;
import software.amazon.awssdk.services.sso.model.RoleInfo;
import software.amazon.awssdk.services.sso.model.UnauthorizedException;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.model.AccessDeniedException;
import software.amazon.awssdk.services.ssooidc.model.AuthorizationPendingException;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenRequest;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;
import software.amazon.awssdk.services.ssooidc.model.ExpiredTokenException;
import software.amazon.awssdk.services.ssooidc.model.InvalidClientException;
import software.amazon.awssdk.services.ssooidc.model.InvalidClientMetadataException;
import software.amazon.awssdk.services.ssooidc.model.InvalidGrantException;
import software.amazon.awssdk.services.ssooidc.model.InvalidRedirectUriException;
import software.amazon.awssdk.services.ssooidc.model.InvalidRequestException;
import software.amazon.awssdk.services.ssooidc.model.InvalidScopeException;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientRequest;
import software.amazon.awssdk.services.ssooidc.model.RegisterClientResponse;
import software.amazon.awssdk.services.ssooidc.model.SlowDownException;
import software.amazon.awssdk.services.ssooidc.model.SsoOidcException;
import software.amazon.awssdk.services.ssooidc.model.StartDeviceAuthorizationResponse;
import software.amazon.awssdk.services.ssooidc.model.UnauthorizedClientException;
import software.amazon.awssdk.services.ssooidc.model.UnsupportedGrantTypeException;

/// `aws sso login`, by the SDK's own clients: a device's code or the browser of this computer, an
/// access token, and the roles that it opens.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SsoTest {
  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String SCOPE = "sso:account:access";
  private static final String CALLBACK = "http://127.0.0.1:49153/oauth/callback";
  private static final String VERIFIER = "verifier".repeat(8);

  @TestHTTPResource URI server;
  @Inject Pool database;
  @Inject RedisAPI redis;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person alice;
  private SsoOidcClient oidc;
  private SsoClient sso;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    alice = new Keyholders(wire).withPassword();
    people.allow(
        alice,
        "{\"Effect\": \"Allow\", \"Action\": [\"sts:AssumeRole\", \"daypass:*\"], \"Resource\": \"*\"}");
    URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
    oidc =
        SsoOidcClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    sso =
        SsoClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    // Others have been refused from this address.
    TestClock.forward(Duration.ofMinutes(1));
  }

  private RegisterClientResponse registered() {
    return registered(_ -> {});
  }

  /// As the AWS CLI does.
  private RegisterClientResponse registered(Consumer<RegisterClientRequest.Builder> change) {
    RegisterClientRequest.Builder request =
        RegisterClientRequest.builder()
            .clientName("botocore-client-day")
            .clientType("public")
            .scopes(SCOPE)
            .grantTypes("authorization_code", "refresh_token", DEVICE)
            .redirectUris("http://127.0.0.1/oauth/callback")
            .issuerUrl("https://daypass.awsapps.com/start");
    change.accept(request);
    return oidc.registerClient(request.build());
  }

  private StartDeviceAuthorizationResponse started(RegisterClientResponse client) {
    return oidc.startDeviceAuthorization(
        r ->
            r.clientId(client.clientId())
                .clientSecret(client.clientSecret())
                .startUrl("https://daypass.awsapps.com/start"));
  }

  private CreateTokenResponse polled(
      RegisterClientResponse client, StartDeviceAuthorizationResponse device) {
    return token(client, r -> r.grantType(DEVICE).deviceCode(device.deviceCode()));
  }

  private CreateTokenResponse token(
      RegisterClientResponse client, Consumer<CreateTokenRequest.Builder> change) {
    return oidc.createToken(
        r -> {
          r.clientId(client.clientId()).clientSecret(client.clientSecret());
          change.accept(r);
        });
  }

  /// The page, with a sign-in before it where there was none.
  private Page signedIn(String path) {
    if (browser.cookie.isPresent()) {
      return browser.get(path);
    }
    Page sent = browser.get(path);
    assertThat(sent.status()).as(sent.body()).isEqualTo(303);
    Page done = browser.typed(sent.location(), alice.name(), Keyholders.PASSWORD);
    assertThat(done.location()).isEqualTo(path);
    return browser.get(path);
  }

  private static String path(StartDeviceAuthorizationResponse device) {
    return device.verificationUriComplete().replace(Browser.ORIGIN, "");
  }

  private void answered(StartDeviceAuthorizationResponse device, String answer) {
    Page done = browser.submit(signedIn(path(device)), "/device", "answer", answer);
    assertThat(done.status()).as(done.body()).isEqualTo(200);
  }

  private CreateTokenResponse allowed(RegisterClientResponse client) {
    StartDeviceAuthorizationResponse device = started(client);
    answered(device, "allow");
    return polled(client, device);
  }

  private void waitASecond() throws InterruptedException {
    Thread.sleep(600);
  }

  @Test
  void a_device_shows_a_code_and_has_roles_once_a_person_allows_it() throws Exception {
    String role = people.role(People.trusting(alice));
    String name = role.substring(role.lastIndexOf('/') + 1);
    RegisterClientResponse client = registered();
    StartDeviceAuthorizationResponse device = started(client);

    assertThat(device.userCode()).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
    assertThat(device.verificationUri()).isEqualTo("http://localhost:8080/device");
    assertThat(device.expiresIn()).isEqualTo(600);
    assertThat(device.interval()).isEqualTo(1);
    assertThatThrownBy(() -> polled(client, device))
        .isInstanceOf(AuthorizationPendingException.class);
    assertThatThrownBy(() -> polled(client, device)).isInstanceOf(SlowDownException.class);

    Page asked = signedIn(path(device));

    assertThat(asked.body())
        .contains("botocore-client-day", device.userCode(), "127.0.0.1, as you do", "aws-sdk-java");
    waitASecond();
    assertThatThrownBy(() -> polled(client, device))
        .as("nothing is given by looking at it")
        .isInstanceOf(AuthorizationPendingException.class);

    Page done = browser.submit(asked, "/device", "answer", "allow");
    waitASecond();
    CreateTokenResponse token = polled(client, device);

    assertThat(done.body()).contains("Go back to your device");
    assertThat(token.tokenType()).isEqualTo("Bearer");
    assertThat(token.expiresIn()).isEqualTo(3600);
    assertThat(token.refreshToken()).isNotNull();
    assertThat(sso.listAccounts(r -> r.accessToken(token.accessToken())).accountList())
        .extracting(AccountInfo::accountId)
        .contains(People.ACCOUNT);
    assertThat(
            sso.listAccountRolesPaginator(
                    r -> r.accessToken(token.accessToken()).accountId(People.ACCOUNT).maxResults(1))
                .roleList())
        .extracting(RoleInfo::roleName)
        .contains(name);
    try (SsoCredentialsProvider provider = provider(token, name)) {
      AwsSessionCredentials credentials = (AwsSessionCredentials) provider.resolveCredentials();
      Key key =
          new Key(
              credentials.accessKeyId(),
              credentials.secretAccessKey(),
              Optional.of(credentials.sessionToken()));
      assertThat(People.ok(wire.sts(key, "GetCallerIdentity")).text("Arn"))
          .endsWith(":assumed-role/" + name + "/" + alice.name());

      sso.logout(r -> r.accessToken(token.accessToken()));

      assertThat(wire.sts(key, "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
    }
    assertThat(browser.get("/home").location()).as("the sign-in has ended").isEqualTo("/sign-in");
    assertThat(Trail.ofUser(database, alice.name()))
        .contains("AuthorizeClient", "CreateToken", "Logout", "AssumeRole")
        .contains("botocore-client-day")
        .doesNotContain(token.refreshToken(), token.accessToken(), device.deviceCode());
  }

  private SsoCredentialsProvider provider(CreateTokenResponse token, String role) {
    // What builder() returns by itself is not public.
    SsoCredentialsProvider.Builder builder = SsoCredentialsProvider.builder();
    return builder
        .ssoClient(sso)
        .refreshRequest(
            GetRoleCredentialsRequest.builder()
                .accessToken(token.accessToken())
                .accountId(People.ACCOUNT)
                .roleName(role)
                .build())
        .build();
  }

  @Test
  void a_code_can_be_typed_as_people_type() {
    StartDeviceAuthorizationResponse device = started(registered());
    signedIn("/device");

    Page asked =
        browser.get("/device?user_code=" + device.userCode().toLowerCase().replace("-", "+"));

    assertThat(asked.body()).contains("botocore-client-day", device.userCode());
  }

  @Test
  void a_device_gets_nothing_where_the_person_refuses() {
    RegisterClientResponse client = registered();
    StartDeviceAuthorizationResponse device = started(client);

    answered(device, "deny");

    assertThatThrownBy(() -> polled(client, device)).isInstanceOf(AccessDeniedException.class);
    assertThat(Trail.ofUser(database, alice.name())).contains("The person refused.");
  }

  @Test
  void a_device_is_answered_once() {
    StartDeviceAuthorizationResponse device = started(registered());
    Page asked = signedIn(path(device));

    browser.submit(asked, "/device", "answer", "deny");
    Page again = browser.submit(asked, "/device", "answer", "allow");

    assertThat(again.status()).isEqualTo(404);
    assertThat(again.body()).contains("No device waits with this code.");
  }

  @Test
  void a_device_is_not_answered_by_a_form_of_somebody_else() {
    StartDeviceAuthorizationResponse device = started(registered());
    Map<String, String> form = signedIn(path(device)).form("/device");
    form.put("answer", "allow");

    assertThat(browser.post("/device", form, Map.of("Origin", "https://evil.example.com")).status())
        .isEqualTo(403);
    form.put("csrf", "x");
    assertThat(browser.post("/device", form, Map.of("Sec-Fetch-Site", "same-origin")).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BCDF-GHJK", "x", "AEIO-UAEI", "%3Cscript%3E"})
  void a_code_that_no_device_shows_leads_nowhere(String code) {
    signedIn("/device");

    Page page = browser.get("/device?user_code=" + code);

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.body()).contains("No device waits with this code.").doesNotContain("<script>");
  }

  @Test
  void codes_are_not_guessed_for_long() {
    signedIn("/device");

    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(browser.get("/device?user_code=BCDF-GHJK").status());
    }

    assertThat(answers).contains(429);
    assertThat(answers.subList(0, 20)).containsOnly(404);
  }

  @Test
  void devices_that_begin_from_one_place_are_counted() {
    RegisterClientResponse client = registered();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                started(client);
              }
            })
        .isInstanceOf(SlowDownException.class);
  }

  @Test
  void a_device_code_is_the_devices_own_and_ends() {
    RegisterClientResponse client = registered();
    RegisterClientResponse other = registered();
    StartDeviceAuthorizationResponse device = started(client);
    answered(device, "allow");

    assertThatThrownBy(() -> polled(other, device)).isInstanceOf(InvalidGrantException.class);
    assertThat(polled(client, device).accessToken()).isNotNull();
    assertThatThrownBy(() -> polled(client, device)).isInstanceOf(ExpiredTokenException.class);

    StartDeviceAuthorizationResponse late = started(client);
    TestClock.forward(Duration.ofMinutes(10));
    assertThatThrownBy(() -> polled(client, late)).isInstanceOf(ExpiredTokenException.class);
    assertThat(signedIn(path(late)).status()).isEqualTo(404);
  }

  @Test
  void of_fifty_who_ask_with_one_device_code_one_has_a_token() throws Exception {
    RegisterClientResponse client = registered();
    StartDeviceAuthorizationResponse device = started(client);
    answered(device, "allow");

    assertThat(atOnce(() -> polled(client, device))).containsOnlyOnce("OK");
  }

  /// What came of fifty calls at once: the errors' names, or `OK`.
  private static List<String> atOnce(Callable<CreateTokenResponse> call) throws Exception {
    Callable<String> told =
        () -> {
          try {
            call.call();
            return "OK";
          } catch (SsoOidcException e) {
            return e.getClass().getSimpleName();
          }
        };
    List<String> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(50)) {
      for (var done : threads.invokeAll(Collections.nCopies(50, told))) {
        answers.add(done.get());
      }
    }
    return answers;
  }

  private static String authorize(RegisterClientResponse client) throws Exception {
    return "/authorize?response_type=code&client_id=%s&redirect_uri=%s&state=the-state&code_challenge_method=S256&scopes=%s&code_challenge=%s"
        .formatted(
            client.clientId(),
            Browser.encode(CALLBACK),
            Browser.encode(SCOPE),
            LoginTool.challenge(VERIFIER));
  }

  private String code(RegisterClientResponse client) throws Exception {
    Page back = browser.submit(signedIn(authorize(client)), "/authorize", "answer", "allow");
    assertThat(back.location()).startsWith(CALLBACK + "?code=").endsWith("&state=the-state");
    return LoginTool.code(back);
  }

  private CreateTokenResponse byCode(RegisterClientResponse client, String code) {
    return token(
        client,
        r ->
            r.grantType("authorization_code")
                .code(code)
                .redirectUri(CALLBACK)
                .codeVerifier(VERIFIER));
  }

  private CreateTokenResponse refreshed(RegisterClientResponse client, String refreshToken) {
    return token(client, r -> r.grantType("refresh_token").refreshToken(refreshToken));
  }

  @Test
  void a_tool_on_this_computer_is_allowed_in_its_browser_and_renews_itself() throws Exception {
    RegisterClientResponse client = registered();
    assertThat(client.authorizationEndpoint()).isEqualTo("http://localhost:8080/authorize");
    assertThat(client.tokenEndpoint()).isEqualTo("http://localhost:8080/token");

    Page asked = signedIn(authorize(client));
    Page back = browser.submit(asked, "/authorize", "answer", "allow");
    CreateTokenResponse first = byCode(client, LoginTool.code(back));
    CreateTokenResponse second = refreshed(client, first.refreshToken());

    assertThat(asked.body()).contains("botocore-client-day", "it waits at http://127.0.0.1:49153");
    assertThat(asked.header("content-security-policy"))
        .contains("form-action 'self' http://127.0.0.1:49153;");
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(sso.listAccounts(r -> r.accessToken(second.accessToken())).hasAccountList())
        .isTrue();
  }

  @Test
  void a_tool_on_this_computer_gets_nothing_where_the_person_refuses() throws Exception {
    Page back = browser.submit(signedIn(authorize(registered())), "/authorize", "answer", "deny");

    assertThat(back.location()).isEqualTo(CALLBACK + "?error=access_denied&state=the-state");
  }

  @Test
  void a_code_is_good_once_for_the_tool_that_asked() throws Exception {
    RegisterClientResponse client = registered();
    RegisterClientResponse other = registered();

    String stolen = code(client);
    assertThatThrownBy(() -> byCode(other, stolen)).isInstanceOf(InvalidGrantException.class);
    String unproven = code(client);
    assertThatThrownBy(
            () ->
                token(
                    client,
                    r ->
                        r.grantType("authorization_code")
                            .code(unproven)
                            .redirectUri(CALLBACK)
                            .codeVerifier("x".repeat(64))))
        .isInstanceOf(InvalidGrantException.class);
    String code = code(client);
    byCode(client, code);
    assertThatThrownBy(() -> byCode(client, code)).isInstanceOf(InvalidGrantException.class);
    String late = code(client);
    TestClock.forward(Duration.ofMinutes(3));
    assertThatThrownBy(() -> byCode(client, late)).isInstanceOf(InvalidGrantException.class);
  }

  @Test
  void of_fifty_who_bring_one_code_or_refresh_token_one_has_a_token() throws Exception {
    RegisterClientResponse client = registered();
    String code = code(client);

    assertThat(atOnce(() -> byCode(client, code))).containsOnlyOnce("OK");

    String refreshToken = byCode(client, code(client)).refreshToken();
    assertThat(atOnce(() -> refreshed(client, refreshToken))).containsOnlyOnce("OK");
  }

  @Test
  void the_reuse_of_a_refresh_token_ends_the_sign_in() {
    RegisterClientResponse client = registered();
    CreateTokenResponse first = allowed(client);
    CreateTokenResponse second = refreshed(client, first.refreshToken());

    assertThatThrownBy(() -> refreshed(client, first.refreshToken()))
        .as("another process of the tool's own")
        .isInstanceOf(SlowDownException.class);
    TestClock.forward(Duration.ofMinutes(1));
    assertThatThrownBy(() -> refreshed(client, first.refreshToken()))
        .isInstanceOf(InvalidGrantException.class);

    assertThatThrownBy(() -> refreshed(client, second.refreshToken()))
        .isInstanceOf(InvalidGrantException.class);
    assertThatThrownBy(() -> sso.listAccounts(r -> r.accessToken(second.accessToken())))
        .isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void a_refresh_token_is_one_tools_own() {
    RegisterClientResponse client = registered();
    CreateTokenResponse token = allowed(client);
    RegisterClientResponse other = registered();

    for (String wrong : List.of("x", "x.y", token.refreshToken() + "x", token.accessToken())) {
      assertThatThrownBy(() -> refreshed(client, wrong))
          .as(wrong)
          .isInstanceOf(InvalidGrantException.class);
    }
    assertThatThrownBy(() -> refreshed(other, token.refreshToken()))
        .isInstanceOf(InvalidGrantException.class);
  }

  @Test
  void a_changed_password_ends_what_tools_have() {
    RegisterClientResponse client = registered();
    CreateTokenResponse token = allowed(client);

    people.changePassword(alice, "Another-long-enough-1!");

    assertThatThrownBy(() -> refreshed(client, token.refreshToken()))
        .isInstanceOf(InvalidGrantException.class);
    assertThatThrownBy(() -> sso.listAccounts(r -> r.accessToken(token.accessToken())))
        .isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void a_tool_that_asks_for_no_scope_has_a_token_for_as_long_as_the_sign_in_lasts() {
    RegisterClientResponse client =
        registered(r -> r.scopes(List.of()).grantTypes(List.of()).redirectUris(List.of()));

    CreateTokenResponse token = allowed(client);

    assertThat(token.refreshToken()).isNull();
    assertThat(token.expiresIn()).isBetween(8 * 3600 - 60, 8 * 3600);
    assertThat(sso.listAccounts(r -> r.accessToken(token.accessToken())).hasAccountList()).isTrue();
    TestClock.forward(Duration.ofHours(8));
    assertThatThrownBy(() -> sso.listAccounts(r -> r.accessToken(token.accessToken())))
        .isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void roles_that_one_cannot_have_now_are_neither_listed_nor_given() {
    String hidden =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
             "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
            """
                .formatted(alice.arn()));
    String name = hidden.substring(hidden.lastIndexOf('/') + 1);
    CreateTokenResponse token = allowed(registered());

    assertThat(
            sso.listAccountRoles(r -> r.accessToken(token.accessToken()).accountId(People.ACCOUNT))
                .roleList())
        .extracting(RoleInfo::roleName)
        .doesNotContain(name);
    for (String wrong : List.of(name, "NobodyHasThisRole")) {
      AwsServiceException refused =
          catchThrowableOfType(
              AwsServiceException.class,
              () ->
                  sso.getRoleCredentials(
                      r ->
                          r.accessToken(token.accessToken())
                              .accountId(People.ACCOUNT)
                              .roleName(wrong)));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ForbiddenException");
      assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("No access");
    }
  }

  @Test
  void only_access_tokens_open_the_portal() {
    CreateTokenResponse token = allowed(registered());
    String signIn = browser.cookie.orElseThrow();
    List<String> parts = new ArrayList<>(Arrays.asList(token.accessToken().split("\\.")));
    parts.set(1, signIn.split("\\.")[1]);

    for (String wrong :
        List.of("x", signIn, token.refreshToken(), String.join(".", parts), "a.b.c")) {
      assertThatThrownBy(() -> sso.listAccounts(r -> r.accessToken(wrong)))
          .as(wrong)
          .isInstanceOf(UnauthorizedException.class);
    }
    assertThat(RestAssured.given().get("/assignment/accounts").then().extract().statusCode())
        .isEqualTo(401);
    assertThat(
            RestAssured.given()
                .header("Authorization", "Bearer " + token.accessToken())
                .get("/api/roles")
                .then()
                .extract()
                .statusCode())
        .as("an access token opens nothing else")
        .isEqualTo(401);
    browser.cookie = Optional.of(token.accessToken());
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void a_tool_says_what_it_is() {
    assertThatThrownBy(() -> registered(r -> r.clientType("confidential")))
        .isInstanceOf(InvalidClientMetadataException.class);
    for (String name : List.of("", "x".repeat(101), "right\u202eleft", "two\nlines")) {
      assertThatThrownBy(() -> registered(r -> r.clientName(name)))
          .as(name)
          .isInstanceOf(InvalidClientMetadataException.class);
    }
    assertThatThrownBy(() -> registered(r -> r.scopes("admin")))
        .isInstanceOf(InvalidScopeException.class);
    assertThatThrownBy(() -> registered(r -> r.grantTypes("password")))
        .isInstanceOf(UnsupportedGrantTypeException.class);
    for (String uri :
        List.of(
            "https://evil.example.com/oauth/callback",
            "http://127.0.0.1.evil.example.com/oauth/callback",
            "http://127.0.0.1:80@evil.example.com/oauth/callback",
            "http://127.0.0.1/oauth/callback?x=y",
            "http://127.0.0.1:80/oauth/callback",
            "javascript:alert(1)")) {
      assertThatThrownBy(() -> registered(r -> r.redirectUris(uri)))
          .as(uri)
          .isInstanceOf(InvalidRedirectUriException.class);
    }
  }

  @Test
  void a_client_is_known_by_its_secret_and_for_ninety_days() {
    RegisterClientResponse client = registered();
    RegisterClientResponse other = registered();
    String mended =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                new JsonObject(new String(Base64.getUrlDecoder().decode(client.clientId())))
                    .put("redirectUris", List.of("https://evil.example.com/"))
                    .encode()
                    .getBytes());

    assertThatThrownBy(() -> started(client.toBuilder().clientSecret(other.clientSecret()).build()))
        .isInstanceOf(InvalidClientException.class);
    for (String wrong : List.of("x", "", mended, client.clientId() + "=", "x".repeat(10_000))) {
      assertThatThrownBy(() -> started(client.toBuilder().clientId(wrong).build()))
          .as(wrong)
          .isInstanceOf(InvalidClientException.class);
    }
    assertThat(client.clientSecretExpiresAt() - client.clientIdIssuedAt())
        .isEqualTo(Duration.ofDays(90).toSeconds());
    TestClock.forward(Duration.ofDays(90));
    assertThatThrownBy(() -> started(client)).isInstanceOf(InvalidClientException.class);
  }

  @Test
  void a_client_does_what_it_registered_for() throws Exception {
    RegisterClientResponse device = registered(r -> r.grantTypes(DEVICE).redirectUris(List.of()));
    StartDeviceAuthorizationResponse started = started(device);
    answered(started, "allow");

    assertThat(polled(device, started).refreshToken()).isNull();
    assertThatThrownBy(() -> refreshed(device, "x.y"))
        .isInstanceOf(UnauthorizedClientException.class);
    assertThat(browser.get(authorize(device)).status()).isEqualTo(400);
    assertThatThrownBy(() -> token(registered(), r -> r.grantType("authorization_code").code("x")))
        .isInstanceOf(InvalidRequestException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redirect_uri|https%3A%2F%2Fevil.example.com%2Foauth%2Fcallback",
        "redirect_uri|http%3A%2F%2F127.0.0.1%3A80%40evil.example.com%2Foauth%2Fcallback",
        "redirect_uri|http%3A%2F%2F127.0.0.1%3A99999%2Foauth%2Fcallback",
        "redirect_uri|http%3A%2F%2Flocalhost%3A80%2Foauth%2Fcallback",
        "redirect_uri|http%3A%2F%2F127.0.0.1%3A80%2Felsewhere",
        "client_id|x",
        "response_type|token",
        "scopes|admin",
        "code_challenge_method|plain",
        "code_challenge|short",
        "state|",
      })
  void a_link_that_is_not_right_leads_nowhere(String name, String value) throws Exception {
    String link =
        authorize(registered())
            .replaceAll(
                "([?&])" + name + "=[^&]*",
                "$1" + name + "=" + Optional.ofNullable(value).orElse(""));

    Page page = browser.get(link);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.body()).contains("This link is not right");
  }

  @Test
  void what_cannot_be_read_is_refused() {
    for (String body : List.of("", "{", "[]", "{\"clientName\": 1}", "{}")) {
      String answer =
          RestAssured.given()
              .contentType("application/json")
              .body(body)
              .post("/client/register")
              .then()
              .statusCode(400)
              .header("x-amzn-ErrorType", "InvalidRequestException")
              .extract()
              .asString();
      assertThat(new JsonObject(answer).getString("error")).isEqualTo("invalid_request");
    }
    RestAssured.given()
        .contentType("application/json")
        .body("{\"clientName\": \"" + "x".repeat(100_000) + "\"}")
        .post("/client/register")
        .then()
        .statusCode(400);
  }
}
