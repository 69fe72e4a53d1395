package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.LoginTool.Answer;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.signin.SigninClient;
import software.amazon.awssdk.services.signin.auth.LoginCredentialsProvider;

/// `aws login`: a person lets a tool have credentials, which renew themselves.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AwsLoginTest {
  @TestHTTPResource URI server;
  @Inject Pool database;
  @TempDir Path folder;
  @Inject RedisAPI redis;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person alice;
  private LoginTool tool;

  @BeforeEach
  void begin() throws Exception {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    tool = new LoginTool(server.getPort());
    alice = people.user();
    people.allow(
        alice,
        "{\"Effect\": \"Allow\", \"Action\": [\"sts:AssumeRole\", \"daypass:*\"], \"Resource\": \"*\"}");
    People.ok(
        wire.iam(
            Key.ADMIN,
            "CreateLoginProfile",
            "UserName",
            alice.name(),
            "Password",
            PagesTest.PASSWORD));
    // Others have been refused from this address.
    TestClock.forward(Duration.ofMinutes(1));
  }

  /// From the address that the tool opens to the page that asks.
  private Page asked() throws Exception {
    Page sent = browser.get(tool.authorize());
    assertThat(sent.status()).as(sent.body()).isEqualTo(303);
    Page done = browser.typed(sent.location(), alice.name(), PagesTest.PASSWORD);
    assertThat(done.location()).isEqualTo(tool.authorize());
    return browser.get(done.location());
  }

  private String allowed(String choice) throws Exception {
    Page back = browser.submit(asked(), "/v1/authorize", "choice", choice, "answer", "allow");
    assertThat(back.status()).as(back.body()).isEqualTo(303);
    return LoginTool.code(back);
  }

  private Answer loggedIn() throws Exception {
    Answer answer = tool.byCode(allowed("self"));
    assertThat(answer.status()).as(answer.body().encode()).isEqualTo(200);
    return answer;
  }

  @Test
  void a_person_lets_a_tool_act_as_a_role_and_it_renews_itself() throws Exception {
    String role = people.role(People.trusting(alice));

    Page asked = asked();
    Page back = browser.submit(asked, "/v1/authorize", "choice", role, "answer", "allow");
    Answer first = tool.byCode(LoginTool.code(back));

    assertThat(asked.body())
        .contains("on this computer, which waits on port 49152", role, "Do not allow");
    assertThat(asked.header("content-security-policy"))
        .contains("form-action 'self' http://127.0.0.1:49152;");
    assertThat(back.location())
        .startsWith(LoginTool.CALLBACK + "?code=")
        .endsWith("&state=" + tool.state);
    assertThat(first.status()).as(first.body().encode()).isEqualTo(200);
    assertThat(first.body().getString("tokenType")).isEqualTo("aws_sigv4");
    assertThat(first.body().getInteger("expiresIn")).isEqualTo(900);
    String arn = People.ok(wire.sts(first.key(), "GetCallerIdentity")).text("Arn");
    assertThat(arn).contains(":assumed-role/").endsWith("/" + alice.name());
    assertThat(SignedJWT.parse(first.body().getString("idToken")).getJWTClaimsSet().getSubject())
        .isEqualTo(arn);

    Answer second = tool.refresh(first.refreshToken());

    assertThat(second.status()).as(second.body().encode()).isEqualTo(200);
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(second.body().containsKey("idToken")).isFalse();
    assertThat(wire.sts(second.key(), "GetCallerIdentity").code()).isEqualTo("OK");
    assertThat(
            database
                .query(
                    "select event_name, record::text as record from audit_event where user_name = '%s' order by time"
                        .formatted(alice.name()))
                .execute()
                .await()
                .indefinitely())
        .anySatisfy(
            row -> {
              assertThat(row.getString("event_name")).isEqualTo("AuthorizeOAuth2Access");
              assertThat(row.getString("record")).contains(role, "same-device");
            })
        .anySatisfy(row -> assertThat(row.getString("event_name")).isEqualTo("CreateOAuth2Token"))
        .allSatisfy(
            row ->
                assertThat(row.getString("record"))
                    .doesNotContain(first.refreshToken(), LoginTool.code(back)));
  }

  @Test
  void the_sdks_own_provider_renews_a_login() throws Exception {
    TestClock.withRealTime(
        () -> {
          Answer first = loggedIn();
          Path cached = folder.resolve(sha256(alice.arn()) + ".json");
          Files.writeString(cached, cached(first));
          try (SigninClient signin = signin();
              LoginCredentialsProvider provider =
                  LoginCredentialsProvider.builder()
                      .signinClient(signin)
                      .loginSession(alice.arn())
                      .tokenCacheLocation(folder)
                      .build()) {

            AwsCredentials renewed = provider.resolveCredentials();

            assertThat(renewed.accessKeyId()).isNotEqualTo(first.key().id());
            Key key =
                new Key(
                    renewed.accessKeyId(),
                    renewed.secretAccessKey(),
                    Optional.of(((AwsSessionCredentials) renewed).sessionToken()));
            assertThat(People.ok(wire.sts(key, "GetCallerIdentity")).text("Arn"))
                .isEqualTo(alice.arn());
            assertThat(Files.readString(cached)).doesNotContain(first.refreshToken());
          }
          return null;
        });
  }

  private SigninClient signin() {
    return SigninClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// What the AWS CLI keeps of a login, a minute after its credentials have expired.
  private String cached(Answer first) throws Exception {
    return new JsonObject()
        .put(
            "accessToken",
            first
                .body()
                .getJsonObject("accessToken")
                .copy()
                .put("accountId", People.ACCOUNT)
                .put("expiresAt", Instant.now().minusSeconds(60).toString()))
        .put("tokenType", "aws_sigv4")
        .put("refreshToken", first.refreshToken())
        .put("idToken", first.body().getString("idToken"))
        .put("clientId", tool.client)
        .put("dpopKey", pem())
        .encode();
  }

  private String pem() throws Exception {
    var key = tool.key.toECPrivateKey();
    var publicKey = tool.key.toECPublicKey();
    org.bouncycastle.asn1.sec.ECPrivateKey sec1 =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
            256,
            key.getS(),
            new org.bouncycastle.asn1.DERBitString(
                org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(publicKey.getEncoded())
                    .getPublicKeyData()
                    .getBytes()),
            new org.bouncycastle.asn1.ASN1ObjectIdentifier("1.2.840.10045.3.1.7"));
    return dev.daypass.broker.pem.Pem.write("EC PRIVATE KEY", sec1.getEncoded());
  }

  @Test
  void on_another_computer_a_person_carries_the_code_over() throws Exception {
    tool.client = LoginTool.CROSS;
    tool.redirectUri = "http://127.0.0.1:" + server.getPort() + "/v1/sessions/confirmation";
    tool.redirectUri = "http://localhost:8080/v1/sessions/confirmation";

    Page asked = asked();
    Page back = browser.submit(asked, "/v1/authorize", "choice", "self", "answer", "allow");
    Page shown = browser.get(back.location());
    String text =
        new String(
            Base64.getDecoder()
                .decode(shown.body().replaceAll("(?s).*<textarea[^>]*>([^<]*)<.*", "$1")),
            StandardCharsets.UTF_8);

    assertThat(asked.body()).contains("on another computer");
    assertThat(text).startsWith("state=" + tool.state + "&code=");
    assertThat(tool.byCode(text.substring(text.indexOf("code=") + 5)).status()).isEqualTo(200);
  }

  @Test
  void nothing_is_given_where_the_person_says_no() throws Exception {
    Page back = browser.submit(asked(), "/v1/authorize", "answer", "deny");

    assertThat(back.location())
        .isEqualTo(LoginTool.CALLBACK + "?error=access_denied&state=" + tool.state);
  }

  @Test
  void nothing_is_given_without_a_choice_or_for_a_role_one_cannot_have() throws Exception {
    String distrusting =
        people.role(
            "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"sts:AssumeRole\", \"Condition\": {\"StringEquals\": {\"aws:username\": \"nobody\"}}}");
    String later =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
             "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
            """
                .formatted(alice.arn()));
    Page asked = asked();

    assertThat(asked.body())
        .contains(later, "needs your second factor first")
        .doesNotContain(distrusting);
    for (String choice : List.of("", distrusting, later, "arn:aws:iam::444455556666:role/x")) {
      Page refused = browser.submit(asked, "/v1/authorize", "choice", choice, "answer", "allow");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("Choose whose credentials the tool is to have.");
    }
  }

  @Test
  void among_many_roles_one_searches() throws Exception {
    List<String> roles = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      roles.add(people.role(People.trusting(alice)));
    }
    String wanted = roles.get(7);
    String name = wanted.substring(wanted.lastIndexOf('/') + 1);

    Page all = asked();
    Page found = browser.get(tool.authorize() + "&search=" + name.toUpperCase(Locale.ROOT));
    Page none = browser.get(tool.authorize() + "&search=%3Cscript%3E");
    Page home = browser.get("/home?search=" + name);
    Page back = browser.submit(found, "/v1/authorize", "choice", wanted, "answer", "allow");

    assertThat(all.body()).contains(roles).contains("role=\"search\"", tool.state);
    assertThat(found.body()).contains(wanted).doesNotContain(roles.getFirst());
    assertThat(none.body()).contains("Yourself").doesNotContain("<script>").doesNotContain(wanted);
    assertThat(home.body()).contains(name).doesNotContain(roles.getFirst());
    assertThat(tool.byCode(LoginTool.code(back)).status()).isEqualTo(200);
  }

  @Test
  void nothing_is_given_by_a_form_of_somebody_else() throws Exception {
    Page asked = asked();
    Map<String, String> form = asked.form("/v1/authorize");
    form.put("choice", "self");
    form.put("answer", "allow");

    assertThat(
            browser
                .post("/v1/authorize", form, Map.of("Origin", "https://evil.example.com"))
                .status())
        .isEqualTo(403);
    form.put("csrf", "x");
    assertThat(
            browser.post("/v1/authorize", form, Map.of("Sec-Fetch-Site", "same-origin")).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redirect_uri|https%3A%2F%2Fevil.example.com%2Foauth%2Fcallback",
        "redirect_uri|http%3A%2F%2F127.0.0.1%3A80%40evil.example.com%2Foauth%2Fcallback",
        "redirect_uri|http%3A%2F%2F127.0.0.1.evil.example.com%3A80%2Foauth%2Fcallback",
        "redirect_uri|http%3A%2F%2F127.0.0.1%3A80%2Foauth%2Fcallback%3Fx%3Dy",
        "redirect_uri|http%3A%2F%2F127.0.0.1%3A99999%2Foauth%2Fcallback",
        "redirect_uri|http%3A%2F%2F127.0.0.1%3A80%2Felsewhere",
        "client_id|arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fother",
        "client_id|arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fcross-device",
        "response_type|token",
        "scope|openid+admin",
        "code_challenge_method|plain",
        "code_challenge|short",
        "state|",
      })
  void a_request_that_is_not_right_leads_nowhere(String name, String value) throws Exception {
    String query =
        tool.authorize()
            .replaceAll(
                "(?<=[?&])" + name + "=[^&]*", name + "=" + Optional.ofNullable(value).orElse(""));

    Page page = browser.get(query);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.location()).isEmpty();
    assertThat(page.body()).contains("This link is not right");
    assertThat(browser.get(tool.authorize() + "&" + name + "=" + value).status()).isEqualTo(400);
  }

  @Test
  void a_code_is_good_once_in_its_time_for_whoever_asked_for_it() throws Exception {
    String code = allowed("self");
    String other = allowed2("self");
    String late = allowed2("self");

    assertThat(tool.byCode(code, b -> b.put("codeVerifier", "x".repeat(43))).error())
        .isEqualTo("AUTHCODE_EXPIRED");
    assertThat(tool.byCode(code).error()).isEqualTo("AUTHCODE_EXPIRED");
    assertThat(
            tool.byCode(other, b -> b.put("redirectUri", LoginTool.CALLBACK.replace("49152", "1")))
                .error())
        .isEqualTo("AUTHCODE_EXPIRED");
    TestClock.forward(Duration.ofMinutes(3));
    assertThat(tool.byCode(late).error()).isEqualTo("AUTHCODE_EXPIRED");
    Answer unknown = tool.byCode("x".repeat(32));
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.error()).isEqualTo("AUTHCODE_EXPIRED");
  }

  /// By somebody who has signed in already.
  private String allowed2(String choice) throws Exception {
    Page asked = browser.get(tool.authorize());
    return LoginTool.code(
        browser.submit(asked, "/v1/authorize", "choice", choice, "answer", "allow"));
  }

  @Test
  void of_fifty_who_bring_a_code_at_once_one_has_credentials() throws Exception {
    String code = allowed("self");

    List<Integer> statuses = atOnce(() -> tool.byCode(code).status());

    assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
    assertThat(Collections.frequency(statuses, 403)).isEqualTo(49);
  }

  @Test
  void of_fifty_who_bring_a_refresh_token_at_once_one_has_credentials_and_the_sign_in_goes_on()
      throws Exception {
    String token = loggedIn().refreshToken();
    List<Answer> winners = Collections.synchronizedList(new ArrayList<>());

    List<Integer> statuses =
        atOnce(
            () -> {
              Answer answer = tool.refresh(token);
              if (answer.status() == 200) {
                winners.add(answer);
              }
              return answer.status();
            });

    assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
    assertThat(Collections.frequency(statuses, 429)).isEqualTo(49);
    assertThat(tool.refresh(winners.getFirst().refreshToken()).status()).isEqualTo(200);
  }

  private static List<Integer> atOnce(Callable<Integer> call) throws Exception {
    try (var executor = Executors.newFixedThreadPool(50)) {
      List<Integer> statuses = new ArrayList<>();
      for (var future : executor.invokeAll(Collections.nCopies(50, call))) {
        statuses.add(future.get());
      }
      return statuses;
    }
  }

  @Test
  void a_refresh_token_that_was_used_before_ends_the_sign_in() throws Exception {
    Answer first = loggedIn();
    Answer second = tool.refresh(first.refreshToken());
    assertThat(second.status()).isEqualTo(200);

    TestClock.forward(Duration.ofSeconds(31));
    Answer reused = tool.refresh(first.refreshToken());

    assertThat(reused.status()).isEqualTo(403);
    assertThat(reused.error()).isEqualTo("USER_CREDENTIALS_CHANGED");
    assertThat(tool.refresh(second.refreshToken()).status()).isEqualTo(403);
    assertThat(wire.sts(second.key(), "GetCallerIdentity").code())
        .isEqualTo("InvalidClientTokenId");
    assertThat(browser.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void a_refresh_token_is_worth_nothing_without_the_key() throws Exception {
    String token = loggedIn().refreshToken();
    LoginTool thief = new LoginTool(server.getPort());

    Answer stolen = thief.refresh(token);

    assertThat(stolen.status()).isEqualTo(400);
    assertThat(tool.refresh(token).status()).isEqualTo(200);
  }

  @Test
  void a_login_ends_with_the_password_the_sign_in_or_the_user() throws Exception {
    String token = loggedIn().refreshToken();
    people.changePassword(alice, "another horse battery");

    assertThat(tool.refresh(token).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
  }

  @Test
  void a_login_ends_with_signing_out() throws Exception {
    Answer first = loggedIn();

    browser.submit(browser.get("/home"), "/sign-out");

    assertThat(tool.refresh(first.refreshToken()).error()).isEqualTo("USER_CREDENTIALS_CHANGED");
    assertThat(wire.sts(first.key(), "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_login_lasts_no_longer_than_the_sign_in() throws Exception {
    String token = loggedIn().refreshToken();

    TestClock.forward(Duration.ofHours(8));

    assertThat(tool.refresh(token).error()).isEqualTo("TOKEN_EXPIRED");
  }

  @Test
  void a_role_that_cannot_be_had_any_more_is_told_so_and_can_be_had_again() throws Exception {
    String role = people.role(People.trusting(alice));
    Answer first = tool.byCode(allowed(role));
    String name = role.substring(role.indexOf('/') + 1);
    String deny =
        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\"}}";
    People.ok(
        wire.iam(Key.ADMIN, "UpdateAssumeRolePolicy", "RoleName", name, "PolicyDocument", deny));

    Answer refused = tool.refresh(first.refreshToken());
    People.ok(
        wire.iam(
            Key.ADMIN,
            "UpdateAssumeRolePolicy",
            "RoleName",
            name,
            "PolicyDocument",
            People.document(People.trusting(alice))));

    assertThat(refused.error()).isEqualTo("INSUFFICIENT_PERMISSIONS");
    assertThat(tool.refresh(first.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void a_proof_is_for_this_request_now_and_once() throws Exception {
    String token = loggedIn().refreshToken();
    JsonObject body = tool.refreshBody(token);
    JOSEObjectType type = new JOSEObjectType("dpop+jwt");
    var other = new ECKeyGenerator(Curve.P_256).generate();
    String used = tool.proof(_ -> {});

    for (String wrong :
        List.of(
            "",
            "x",
            tool.proof(c -> c.claim("htm", "GET")),
            tool.proof(c -> c.claim("htu", "https://evil.example.com/v1/token")),
            tool.proof(
                c -> c.claim("htu", "http://127.0.0.1:%d/other".formatted(server.getPort()))),
            tool.proof(c -> c.issueTime(Date.from(new TestClock().instant().minusSeconds(1000)))),
            tool.proof(c -> c.issueTime(Date.from(new TestClock().instant().plusSeconds(1000)))),
            tool.proof(c -> c.jwtID(null)),
            tool.proof(tool.key, JOSEObjectType.JWT, tool.key.toPublicJWK(), _ -> {}),
            tool.proof(other, type, tool.key.toPublicJWK(), _ -> {}))) {
      Answer answer = tool.send(body, wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("INVALID_REQUEST");
    }
    assertThat(tool.send(body).status()).isEqualTo(400);
    assertThat(tool.send(body, tool.proof(_ -> {}), tool.proof(_ -> {})).status()).isEqualTo(400);
    Answer next = tool.send(body, used);
    assertThat(next.status()).isEqualTo(200);
    assertThat(tool.send(tool.refreshBody(next.refreshToken()), used).status()).isEqualTo(400);
    assertThat(tool.refresh(next.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void a_proof_that_shows_the_private_key_is_refused() {
    assertThatThrownBy(
            () -> tool.proof(tool.key, new JOSEObjectType("dpop+jwt"), tool.key, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"clientId\": \"x\", \"grantType\": \"refresh_token\", \"refreshToken\": \"x\"}",
        "{\"clientId\": \"arn:aws:signin:::devtools/same-device\", \"grantType\": \"password\"}",
        "{\"clientId\": \"arn:aws:signin:::devtools/same-device\", \"grantType\": \"refresh_token\"}",
        "{\"clientId\": \"arn:aws:signin:::devtools/same-device\", \"clientId\": \"x\"}",
      })
  void what_is_no_request_is_told_so(String body) throws Exception {
    var request =
        java.net.http.HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/v1/token".formatted(server.getPort())))
            .header("DPoP", tool.proof(_ -> {}))
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
            .build();

    var answer =
        java.net.http.HttpClient.newHttpClient()
            .send(request, java.net.http.HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("ValidationException");
    assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo("INVALID_REQUEST");
  }
}
