package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.LoginTool.Answer;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import dev.daypass.broker.sealing.Sealer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// People whom another provider vouches for, and who have no user: they have roles that trust the
/// provider's word, and nothing else.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestIssuers.class)
class UpstreamRolesTest {
  private static final String CLIENT_ID = "daypass";
  private static final String NOTHING = "Nothing here is for you yet";

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
  @Inject Sealer sealer;
  @Inject Router router;
  private IssuerServer issuers;
  private TestIdp idp;
  private Wire wire;
  private People people;
  private Federated federated;
  private Browser browser;
  private String provider;
  private String subject;
  private LoginTool tool;

  @BeforeEach
  void begin() throws Exception {
    Keyholders.forgetAttempts(redis);
    issuers = new IssuerServer();
    idp = new TestIdp(issuers, "idp");
    wire = new Wire(server.getPort());
    people = new People(wire);
    federated = new Federated(wire);
    browser = new Browser(server.getPort());
    tool = new LoginTool(server.getPort());
    subject = UUID.randomUUID().toString();
    provider = federated.provider(issuers.issuer("idp"));
    listClient("AddClientIDToOpenIDConnectProvider");
    TestClock.forward(Duration.ofMinutes(1));
  }

  @AfterEach
  void end() {
    issuers.close();
    wire.iam(Key.ADMIN, "DeleteOpenIDConnectProvider", "OpenIDConnectProviderArn", provider);
  }

  private void listClient(String action) {
    People.ok(
        wire.iam(Key.ADMIN, action, "OpenIDConnectProviderArn", provider, "ClientID", CLIENT_ID));
  }

  /// A role that trusts the test's person, where this holds as well.
  private String role(String... conditions) {
    return federated.role(issuers.issuer("idp"), conditions(conditions));
  }

  private String conditions(String... more) {
    String key = provider.substring(provider.indexOf('/') + 1);
    String own =
        "\"StringEquals\": {\"%s:aud\": \"%s\", \"%s:sub\": \"%s\"}"
            .formatted(key, CLIENT_ID, key, subject);
    return String.join(", ", more.length == 0 ? List.of(own) : List.of(own, more[0]));
  }

  private void trust(String role, String statement) {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "UpdateAssumeRolePolicy",
            "RoleName",
            name(role),
            "PolicyDocument",
            People.document(statement)));
  }

  private static String name(String role) {
    return role.substring(role.lastIndexOf('/') + 1);
  }

  private Page returned(String next) {
    Page sent = browser.get("/signin/upstream?provider=idp&next=" + Browser.encode(next));
    assertThat(sent.status()).as(sent.body()).isEqualTo(303);
    return browser.get(idp.signedIn(sent.location(), subject));
  }

  private void signedIn() {
    Page done = returned("/home");
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
  }

  private void assertNothing() {
    Page page = returned("/home");
    assertThat(page.status()).as(page.body()).isEqualTo(401);
    assertThat(page.body()).contains(NOTHING, subject, issuers.issuer("idp"), People.ACCOUNT);
    assertThat(browser.cookie).isEmpty();
  }

  private Page chosen(String role) throws Exception {
    return browser.submit(
        browser.get(tool.authorize()), "/v1/authorize", "choice", role, "answer", "allow");
  }

  private Answer loggedIn(String role) throws Exception {
    Page back = chosen(role);
    assertThat(back.status()).as(back.body()).isEqualTo(303);
    Answer answer = tool.byCode(LoginTool.code(back));
    assertThat(answer.status()).as(answer.body().encode()).isEqualTo(200);
    return answer;
  }

  private String code(Key key) {
    return wire.sts(key, "GetCallerIdentity").code();
  }

  @Test
  void whoever_has_no_user_goes_straight_to_the_roles_that_trust_them() throws Exception {
    String role = role();
    String other = people.role(People.trusting(people.user()));

    Page sent = browser.get(tool.authorize());
    Page done = returned(tool.authorize());
    Page asked = browser.get(done.location());
    Answer first = loggedIn(role);
    Answer second = tool.refresh(first.refreshToken());

    assertThat(sent.location()).startsWith("/sign-in?next=");
    assertThat(done.location()).as(done.body()).isEqualTo(tool.authorize());
    assertThat(asked.body()).contains(role).doesNotContain("Yourself", other);
    assertThat(first.body().getInteger("expiresIn")).isEqualTo(900);
    assertThat(People.ok(wire.sts(first.key(), "GetCallerIdentity")).text("Arn"))
        .isEqualTo(
            "arn:aws:sts::%s:assumed-role/%s/%s".formatted(People.ACCOUNT, name(role), subject));
    assertThat(second.status()).as(second.body().encode()).isEqualTo(200);
    assertThat(code(second.key())).isEqualTo("OK");
    assertThat(browser.known).isEmpty();
    Page home = browser.get("/home");
    assertThat(home.body())
        .contains(subject, "without a user", name(role), "without a second factor")
        .doesNotContain(name(other), "/security\"", "/admin");
  }

  @Test
  void the_trail_shows_the_sign_in_and_the_role_as_of_whom_the_provider_means() throws Exception {
    String role = role();
    signedIn();
    String key = loggedIn(role).key().id();

    assertThat(Trail.ofUser(database, subject, "ConsoleLogin"))
        .contains(
            "\"type\": \"WebIdentityUser\"",
            "\"identityProvider\": \"" + provider,
            "\"ConsoleLogin\": \"Success\"",
            "\"origin\": \"" + provider);
    assertThat(Trail.ofUser(database, subject, "AssumeRoleWithWebIdentity"))
        .contains(
            "\"type\": \"WebIdentityUser\"",
            "\"identityProvider\": \"" + provider,
            "\"roleArn\": \"" + role,
            "\"roleSessionName\": \"" + subject,
            "\"subjectFromWebIdentityToken\": \"" + subject,
            "\"audience\": \"daypass\"",
            key)
        .doesNotContain("proven at sign-in");
    assertThat(Trail.ofUser(database, subject, "CreateOAuth2Token")).contains(name(role));
  }

  @Test
  void a_name_that_cannot_be_a_sessions_is_told_by_its_hash() throws Exception {
    subject = "auth0|" + subject;
    String role = role();
    signedIn();

    String arn = People.ok(wire.sts(loggedIn(role).key(), "GetCallerIdentity")).text("Arn");

    assertThat(arn).matches(".*/[A-Za-z0-9_-]{43}").doesNotContain("auth0");
  }

  @Test
  void a_role_that_trusts_no_longer_ends_what_renews_itself() throws Exception {
    String role = role();
    String kept = role();
    signedIn();
    Answer first = loggedIn(role);
    trust(role, People.trusting(people.user()));

    Answer refused = tool.refresh(first.refreshToken());

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error()).isEqualTo("INSUFFICIENT_PERMISSIONS");
    assertThat(browser.get("/home").body()).contains(name(kept)).doesNotContain(name(role));
    assertThat(chosen(role).status()).isEqualTo(400);
  }

  @Test
  void whom_the_last_role_trusts_no_longer_is_told_whom_to_ask() throws Exception {
    String role = role();
    signedIn();
    trust(role, People.trusting(people.user()));

    for (String path : List.of("/home", tool.authorize())) {
      assertThat(browser.get(path).body())
          .contains("No role trusts you. Ask an administrator")
          .doesNotContain(name(role));
    }
    assertThat(chosen("self").status()).isEqualTo(400);
  }

  @Test
  void a_provider_that_is_gone_or_lists_the_client_no_more_ends_the_sign_in() throws Exception {
    String role = role();
    signedIn();
    Answer first = loggedIn(role);
    listClient("RemoveClientIDFromOpenIDConnectProvider");

    assertThat(tool.refresh(first.refreshToken()).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
    listClient("AddClientIDToOpenIDConnectProvider");
    assertThat(browser.get("/home").status()).isEqualTo(200);
    wire.iam(Key.ADMIN, "DeleteOpenIDConnectProvider", "OpenIDConnectProviderArn", provider);
    assertThat(tool.refresh(first.refreshToken()).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
  }

  @ParameterizedTest
  @CsvSource({"upstream, other", "account_id, 999988887777"})
  void a_sign_in_by_a_provider_that_is_not_configured_so_any_more_has_ended(
      String column, String other) throws Exception {
    String role = role();
    signedIn();
    Answer first = loggedIn(role);
    database
        .query(
            "update federated_sign_in set %s = '%s' where claims like '%%%s%%'"
                .formatted(column, other, subject))
        .execute()
        .await()
        .indefinitely();

    assertThat(tool.refresh(first.refreshToken()).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void without_the_accounts_own_provider_nobody_is_trusted() {
    role();
    wire.iam(Key.ADMIN, "DeleteOpenIDConnectProvider", "OpenIDConnectProviderArn", provider);

    assertNothing();
  }

  @Test
  void without_the_client_among_the_providers_nobody_is_trusted() {
    role();
    listClient("RemoveClientIDFromOpenIDConnectProvider");

    assertNothing();
  }

  @Test
  void whom_no_role_trusts_is_told_so_and_nothing_of_any_role() {
    String role = role();
    subject = UUID.randomUUID().toString();

    assertNothing();
    assertThat(returned("/home").body()).doesNotContain(name(role));
    assertThat(Trail.ofUser(database, "idp:" + subject, "ConsoleLogin")).contains("Failure");
  }

  @Test
  void a_role_of_another_account_is_not_for_them_whatever_it_trusts() throws Exception {
    String own = role();
    Key foreigner = Foreigners.admin(database, sealer);
    String name = "r-" + UUID.randomUUID();
    String foreign =
        People.ok(
                wire.iam(
                    foreigner,
                    "CreateRole",
                    "RoleName",
                    name,
                    "AssumeRolePolicyDocument",
                    People.document(
                        """
                        {"Effect": "Allow", "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {%s}}
                        """
                            .formatted(provider, conditions()))))
            .text("Arn");
    signedIn();

    assertThat(browser.get("/home").body()).contains(name(own)).doesNotContain(name);
    assertThat(chosen(foreign).status()).isEqualTo(400);
  }

  @Test
  void whoever_is_linked_is_the_user_and_two_who_are_linked_are_nobody() {
    role();
    Person alice = people.user();
    link(alice);

    signedIn();

    assertThat(browser.get("/home").body()).contains(alice.name()).doesNotContain(subject);
    browser.cookie = Optional.empty();
    link(people.user());
    Page page = returned("/home");
    assertThat(page.status()).isEqualTo(401);
    assertThat(page.body()).contains("did not sign you in.");
    assertThat(browser.cookie).isEmpty();
  }

  private void link(Person person) {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "TagUser",
            "UserName",
            person.name(),
            "Tags.member.1.Key",
            "daypass:upstream",
            "Tags.member.1.Value",
            "idp:" + subject));
  }

  @Test
  void a_second_factor_is_there_where_the_providers_is_trusted_and_not_otherwise()
      throws Exception {
    String plain = role();
    String strict = role("\"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"}");
    idp.change = claims -> claims.claim("amr", List.of("pwd", "otp"));
    signedIn();
    assertThat(browser.get("/home").body()).contains(name(plain)).doesNotContain(name(strict));
    assertThat(chosen(strict).status()).isEqualTo(400);
    browser.cookie = Optional.empty();

    idp.change = claims -> claims.claim("amr", List.of("pwd", "hwk"));
    signedIn();

    assertThat(browser.get("/home").body()).contains(name(strict), ", with a second factor");
    assertThat(code(loggedIn(strict).key())).isEqualTo("OK");
  }

  @Test
  void claims_decide_as_they_do_for_a_token() {
    String key = provider.substring(provider.indexOf('/') + 1);
    String byMethod = role("\"ForAnyValue:StringEquals\": {\"%s:amr\": \"otp\"}".formatted(key));
    String byOther = role("\"ForAnyValue:StringEquals\": {\"%s:amr\": \"sms\"}".formatted(key));
    String withoutCredentials = role("\"Null\": {\"aws:TokenIssueTime\": \"true\"}");
    idp.change = claims -> claims.claim("amr", List.of("pwd", "otp"));

    signedIn();

    assertThat(browser.get("/home").body())
        .contains(name(byMethod), name(withoutCredentials))
        .doesNotContain(name(byOther));
  }

  @Test
  void tags_of_the_token_take_a_role_that_lets_them_be_set() throws Exception {
    String plain = role();
    String tagged =
        federated.role(
            issuers.issuer("idp"),
            conditions("\"StringEqualsIfExists\": {\"aws:RequestTag/team\": \"blue\"}"),
            "\"sts:AssumeRoleWithWebIdentity\", \"sts:TagSession\"");
    idp.change =
        claims ->
            claims.claim(
                "https://aws.amazon.com/tags",
                Map.of("principal_tags", Map.of("team", List.of("blue"))));
    signedIn();

    assertThat(browser.get("/home").body()).contains(name(tagged)).doesNotContain(name(plain));
    assertThat(code(loggedIn(tagged).key())).isEqualTo("OK");
    browser.cookie = Optional.empty();
    idp.change =
        claims ->
            claims.claim(
                "https://aws.amazon.com/tags",
                Map.of("principal_tags", Map.of("team", List.of("red"))));
    assertNothing();
  }

  @Test
  void who_signs_out_ends_what_came_of_it() throws Exception {
    String role = role();
    signedIn();
    Answer first = loggedIn(role);

    browser.submit(browser.get("/home"), "/sign-out");

    assertThat(code(first.key())).isEqualTo("InvalidClientTokenId");
    assertThat(tool.refresh(first.refreshToken()).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
  }

  @Test
  void people_see_their_own_sign_in_and_end_it() throws Exception {
    String role = role();
    signedIn();
    Answer first = loggedIn(role);
    Browser other = browser.copy();
    other.cookie = Optional.empty();
    Browser own = browser;
    browser = other;
    signedIn();
    browser = own;

    Page sessions = browser.get("/security/sessions");

    assertThat(sessions.body())
        .contains("this browser", "assumed-role/" + name(role))
        .doesNotContain("/security/keys");
    assertThat(sessions.body().split(">Sign-in<", -1)).hasSize(2);
    String id = sessions.body().replaceAll("(?s).*value=\"(FEDERATED\\.[^\"]*)\".*", "$1");
    Page ended = browser.submit(sessions, "/security/sessions/end", "session", id);
    assertThat(ended.location()).as(ended.body()).isEqualTo("/security/sessions");
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
    assertThat(code(first.key())).isEqualTo("InvalidClientTokenId");
    assertThat(other.get("/home").status()).isEqualTo(200);
  }

  @Test
  void an_administrator_ends_a_sign_in_and_all_of_a_provider() throws Exception {
    String role = role();
    signedIn();
    Answer first = loggedIn(role);
    String id = signIn();

    People.ok(wire.daypass(Key.ADMIN, "RevokeSession", "SessionId", id));

    assertThat(code(first.key())).isEqualTo("InvalidClientTokenId");
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
    TestClock.forward(Duration.ofSeconds(2));
    signedIn();
    Answer second = loggedIn(role);
    TestClock.forward(Duration.ofSeconds(2));
    People.ok(wire.daypass(Key.ADMIN, "RevokeSessions", "Principal", provider));
    assertThat(code(second.key())).isEqualTo("InvalidClientTokenId");
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
    assertThat(tool.refresh(second.refreshToken()).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
  }

  @Test
  void a_login_is_told_to_whoever_has_it_and_ended_by_them() throws Exception {
    String role = role();
    signedIn();
    Answer login = loggedIn(role);

    Reply told = signin(login.key(), "/v1/introspect", login.refreshToken());
    Reply toOthers = signin(people.user().key(), "/v1/introspect", login.refreshToken());

    assertThat(told.body()).contains("\"active\":true", provider + ":daypass:" + subject, role);
    assertThat(toOthers.body()).isEqualTo("{\"active\":false}");
    signin(login.key(), "/v1/revoke", login.refreshToken());
    assertThat(code(login.key())).isEqualTo("InvalidClientTokenId");
    assertThat(tool.refresh(login.refreshToken()).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
    assertThat(browser.get("/home").status()).isEqualTo(200);
  }

  private Reply signin(Key key, String path, String token) {
    return wire.send(
        wire.signed(
            key,
            "signin",
            "POST",
            path + "?x-amz-client-auth-method=iam",
            new JsonObject().put("token", token).encode(),
            Map.of("Content-Type", "application/json")));
  }

  @Test
  void sign_ins_are_listed_with_whom_the_provider_means() throws Exception {
    role();
    signedIn();

    String listed = People.ok(wire.daypass(Key.ADMIN, "ListSessions", "MaxItems", "50")).body();

    assertThat(listed).contains(signIn(), provider + ":daypass:" + subject);
  }

  private String signIn() {
    return database
        .query("select id from federated_sign_in where claims like '%" + subject + "%'")
        .execute()
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getString("id");
  }

  @Test
  void nothing_goes_on_beyond_the_sign_in() throws Exception {
    String role = role();
    signedIn();
    Answer first = loggedIn(role);
    TestClock.forward(Duration.ofHours(8).minusMinutes(5));

    Answer last = tool.refresh(first.refreshToken());

    assertThat(last.body().getInteger("expiresIn")).isBetween(1, 300);
    assertThat(code(last.key())).isEqualTo("OK");
    TestClock.forward(Duration.ofMinutes(5));
    assertThat(code(last.key())).isEqualTo("ExpiredToken");
    assertThat(tool.refresh(last.refreshToken()).error()).isEqualTo("TOKEN_EXPIRED");
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void a_device_of_aws_sso_login_has_the_roles() {
    String role = role();
    signedIn();
    SsoTool sso = SsoTool.of(SsoTool.ROLES);
    ValidatableResponse begun = sso.begin();
    String path =
        begun.extract().<String>path("verificationUriComplete").replace(Browser.ORIGIN, "");
    browser.submit(browser.get(path), "/device", "answer", "allow");

    String token =
        sso.byDeviceCode(begun.extract().path("deviceCode"))
            .statusCode(200)
            .extract()
            .path("accessToken");

    assertThat(portal(token, "/assignment/accounts")).contains(People.ACCOUNT);
    assertThat(portal(token, "/assignment/roles?account_id=" + People.ACCOUNT))
        .contains(name(role));
    String credentials =
        portal(
            token,
            "/federation/credentials?account_id=%s&role_name=%s"
                .formatted(People.ACCOUNT, name(role)));
    assertThat(credentials).contains("accessKeyId");
    trust(role, People.trusting(people.user()));
    assertThat(portal(token, "/assignment/accounts")).doesNotContain(People.ACCOUNT);
  }

  private static String portal(String token, String path) {
    return given().header("x-amz-sso_bearer_token", token).get(path).asString();
  }

  @Test
  void a_tool_that_wants_everything_gets_nothing() throws Exception {
    role();
    signedIn();
    SsoTool everything = SsoTool.of(SsoTool.API);
    Page asked = browser.get(everything.link());
    assertThat(asked.status()).isEqualTo(403);
    assertThat(asked.body()).contains("This tool needs a user");

    Page forced =
        browser.post(
            "/authorize",
            Map.of(
                "csrf",
                csrf(),
                "request",
                everything.link().replace("/authorize?", ""),
                "answer",
                "allow"),
            Map.of("Origin", Browser.ORIGIN, "Sec-Fetch-Site", "same-origin"));

    assertThat(forced.status()).isEqualTo(400);
    assertThat(forced.body()).contains("Only users");
  }

  @Test
  void a_device_that_wants_everything_gets_nothing() {
    role();
    signedIn();
    SsoTool everything = SsoTool.of(SsoTool.API);
    ValidatableResponse begun = everything.begin();
    String code = begun.extract().path("userCode");
    Page asked = browser.get("/device?user_code=" + code);
    assertThat(asked.status()).isEqualTo(403);
    assertThat(asked.body()).contains("This tool needs a user");

    Page forced =
        browser.post(
            "/device",
            Map.of("csrf", csrf(), "user_code", code, "answer", "allow"),
            Map.of("Origin", Browser.ORIGIN, "Sec-Fetch-Site", "same-origin"));

    assertThat(forced.status()).isEqualTo(400);
    assertThat(forced.body()).contains("Only users");
    everything
        .byDeviceCode(begun.extract().path("deviceCode"))
        .statusCode(400)
        .body("error", equalTo("authorization_pending"));
  }

  private String csrf() {
    return browser.get("/home").form("/sign-out").get("csrf");
  }

  @Test
  void no_page_for_users_is_for_them() {
    role();
    signedIn();
    String csrf = csrf();
    List<Route> routes =
        router.getRoutes().stream()
            .filter(route -> String.valueOf(route.getPath()).matches("/(security|admin|step-up).*"))
            .filter(
                route ->
                    !Set.of("/admin", "/security/sessions", "/security/sessions/end")
                        .contains(route.getPath()))
            .toList();

    assertThat(routes).hasSizeGreaterThan(50);
    for (Route route : routes) {
      Page page =
          route.methods().contains(HttpMethod.POST)
              ? browser.post(
                  route.getPath(),
                  Map.of("csrf", csrf),
                  Map.of("Origin", Browser.ORIGIN, "Sec-Fetch-Site", "same-origin"))
              : browser.get(route.getPath());
      assertThat(page.status()).as(route.getPath()).isEqualTo(403);
      assertThat(page.body()).as(route.getPath()).contains("This is for users");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, identity",
    "GET, roles",
    "POST, sessions",
    "GET, sessions",
    "DELETE, sessions/x",
    "POST, revocations",
    "GET, passkeys",
    "POST, passkeys",
    "POST, passkeys/options",
    "GET, keys",
    "POST, keys/rotate",
    "POST, keys/rewrap",
    "GET, audit/events",
    "POST, apply",
    "DELETE, sign-in"
  })
  void what_they_have_opens_no_endpoint(Method method, String path) {
    role();
    signedIn();

    given()
        .auth()
        .oauth2(browser.cookie.orElseThrow())
        .contentType("application/json")
        .body("{}")
        .request(method, "/api/" + path)
        .then()
        .statusCode(401);
    assertThat(SsoTool.portal(browser.cookie.orElseThrow())).isEqualTo(401);
  }
}
