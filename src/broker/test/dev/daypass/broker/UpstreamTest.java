package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.wire.query.Parameters;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// People sign in with another provider, by OpenID Connect.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestIssuers.class)
class UpstreamTest {
  private static final String REFUSED = "did not sign you in.";

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
  @Inject Sealer sealer;
  private IssuerServer issuers;
  private TestIdp idp;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person alice;
  private String subject;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    issuers = new IssuerServer();
    idp = new TestIdp(issuers, "idp");
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    alice = people.user();
    subject = UUID.randomUUID().toString();
    link(alice, "idp:" + subject);
    TestClock.forward(Duration.ofMinutes(1));
  }

  @AfterEach
  void end() {
    issuers.close();
  }

  private void link(Person person, String value) {
    People.ok(wire.iam(Key.ADMIN, "TagUser", linking(person.name(), value)));
  }

  private static String[] linking(String name, String value) {
    return new String[] {
      "UserName", name, "Tags.member.1.Key", "daypass:upstream", "Tags.member.1.Value", value
    };
  }

  private Page sent() {
    Page sent = browser.get("/signin/upstream?provider=idp&next=%2Fsecurity");
    assertThat(sent.status()).as(sent.body()).isEqualTo(303);
    return sent;
  }

  private String back() {
    return idp.signedIn(sent().location(), subject);
  }

  private Page returned() {
    return browser.get(back());
  }

  private void assertRefused(Page page) {
    assertThat(page.status()).as(page.body()).isEqualTo(401);
    assertThat(page.body()).contains(REFUSED);
    assertThat(browser.cookie).isEmpty();
  }

  private String trail(String name) {
    return Trail.ofUser(database, name, "ConsoleLogin");
  }

  @Test
  void whoever_is_linked_signs_in_without_a_password() {
    Page asked = browser.get("/sign-in?next=/security");
    Page sent = sent();
    Parameters query = Parameters.parse(URI.create(sent.location()).getRawQuery());

    Page done = browser.get(idp.signedIn(sent.location(), subject));

    assertThat(asked.body())
        .contains("Sign in with the company", "/signin/upstream?provider=idp&amp;next=%2Fsecurity");
    assertThat(sent.location()).startsWith(issuers.issuer("idp") + "/authorize?");
    assertThat(TestIdp.one(query, "redirect_uri"))
        .isEqualTo("http://localhost:8080/signin/upstream/callback");
    assertThat(TestIdp.one(query, "code_challenge_method")).isEqualTo("S256");
    assertThat(sent.header("set-cookie"))
        .contains("__Host-daypass-upstream=", "Secure", "HttpOnly", "SameSite=Lax");
    assertThat(done.location()).as(done.body()).isEqualTo("/security");
    assertThat(idp.client()).isEqualTo("daypass:the+secret");
    assertThat(browser.get("/home").body()).contains(alice.name(), "without a second factor");
    assertThat(trail(alice.name()))
        .contains("\"identityProvider\": \"idp\"", "\"ConsoleLogin\": \"Success\"");
  }

  @Test
  void a_device_is_asked_for_beside_the_providers_word() {
    Device device = people.device(alice);

    Page asked = returned();

    assertThat(browser.cookie).isEmpty();
    assertThat(asked.body()).contains("autocomplete=\"one-time-code\"");
    Page wrong = browser.submit(asked, "/sign-in/code", "code", "000000");
    assertThat(wrong.status()).isEqualTo(401);
    Page done = browser.submit(wrong, "/sign-in/code", "code", device.freshCode());
    assertThat(done.location()).as(done.body()).isEqualTo("/security");
    assertThat(browser.get("/home").body()).contains("with a second factor");
  }

  @Test
  void a_second_factor_of_the_providers_counts_where_it_is_trusted_and_not_otherwise() {
    people.device(alice);

    idp.change = claims -> claims.claim("amr", List.of("pwd", "otp")).claim("acr", "1");
    assertThat(returned().body()).contains("autocomplete=\"one-time-code\"");
    idp.change = claims -> claims.claim("amr", List.of("pwd", "hwk"));
    assertThat(returned().location()).isEqualTo("/security");
    assertThat(browser.get("/home").body()).contains("with a second factor");
    browser.cookie = Optional.empty();
    idp.change = claims -> claims.claim("acr", "phr");
    assertThat(returned().location()).isEqualTo("/security");
  }

  static Stream<Arguments> words() {
    return Stream.of(
        word("nonce", "of another"),
        word("nonce", null),
        word("aud", List.of("somebody")),
        word("aud", List.of("daypass", "somebody")),
        word("aud", null),
        word("azp", "somebody"),
        word("iss", "https://idp2.issuers.test"),
        word("iat", null),
        word("exp", new Date(0)),
        word("exp", null),
        word("sub", null),
        word("sub", "somebody who is not linked"));
  }

  private static Arguments word(String name, Object value) {
    return Arguments.of(
        name + "=" + value, (Consumer<JWTClaimsSet.Builder>) c -> c.claim(name, value));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("words")
  void a_word_that_is_not_right_signs_nobody_in_and_is_told_alike(
      String name, Consumer<JWTClaimsSet.Builder> change) {
    idp.change = change;

    assertRefused(returned());
  }

  @Test
  void a_word_that_nobody_signed_or_somebody_else_signs_nobody_in() {
    idp.forged = token -> token.substring(0, token.lastIndexOf('.') + 1);
    assertRefused(returned());
    idp.forged = token -> resigned(token, JWSAlgorithm.RS256);
    assertRefused(returned());
    idp.forged = _ -> "x";
    assertRefused(returned());
  }

  private static String resigned(String token, JWSAlgorithm algorithm) {
    try {
      return IssuerServer.sign(
          new JWTClaimsSet.Builder(JWTParser.parse(token).getJWTClaimsSet()),
          algorithm,
          IssuerServer.rsa("key-1"));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_answer_works_once() {
    String back = back();

    assertThat(browser.get(back).location()).isEqualTo("/security");
    browser.cookie = Optional.empty();
    Page again = browser.get(back);
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.body()).contains("This sign-in has ended.");
  }

  @Test
  void of_many_who_bring_one_answer_at_once_one_signs_in() throws Exception {
    String back = back();
    Browser begun = browser;

    List<Integer> statuses = new ArrayList<>();
    Callable<Integer> returns = () -> begun.copy().get(back).status();
    try (var threads = Executors.newFixedThreadPool(20)) {
      for (Future<Integer> done : threads.invokeAll(Collections.nCopies(20, returns))) {
        statuses.add(done.get());
      }
    }

    assertThat(Collections.frequency(statuses, 303)).isEqualTo(1);
    assertThat(Collections.frequency(statuses, 401)).isEqualTo(19);
  }

  @Test
  void a_code_that_was_used_at_the_provider_signs_nobody_in() {
    String used = back();
    browser.get(used);
    browser.cookie = Optional.empty();
    String code = used.replaceAll(".*code=([^&]*)&.*", "$1");
    String fresh = back();

    assertRefused(browser.get(fresh.replaceAll("code=[^&]*", "code=" + code)));
  }

  /// Login CSRF: somebody else's answer in a person's browser.
  @Test
  void an_answer_that_was_begun_in_another_browser_signs_nobody_in() {
    String back = back();
    Browser other = new Browser(server.getPort());
    Page without = other.get(back);
    String another = back();
    Browser victim = new Browser(server.getPort());
    victim.get("/signin/upstream?provider=idp");
    Page planted = victim.get(another);

    for (Page page : List.of(without, planted)) {
      assertThat(page.status()).isEqualTo(401);
      assertThat(page.body()).contains("This sign-in has ended.");
    }
    assertThat(other.cookie).isEmpty();
    assertThat(victim.cookie).isEmpty();
  }

  @Test
  void a_code_of_another_sign_in_of_the_same_browser_is_refused_by_its_nonce_and_challenge() {
    String first = back();
    String second = back();
    String code = first.replaceAll(".*code=([^&]*)&.*", "$1");

    assertRefused(browser.get(second.replaceAll("code=[^&]*", "code=" + code)));
  }

  @Test
  void another_site_sends_nobody_to_a_provider() {
    Page page =
        browser.send(
            "GET", "/signin/upstream?provider=idp", "", Map.of("Sec-Fetch-Site", "cross-site"));

    assertThat(page.location()).isEqualTo("/sign-in");
    assertThat(browser.upstream).isEmpty();
    assertThat(browser.get("/signin/upstream?provider=nobody").location()).isEqualTo("/sign-in");
  }

  @Test
  void an_answer_says_whose_it_is_where_the_provider_says_that_it_does() {
    idp.more = ", \"authorization_response_iss_parameter_supported\": true";

    assertRefused(returned());
    assertRefused(browser.get(back() + "&iss=https%3A%2F%2Fevil.example.com"));
    assertThat(browser.get(back() + "&iss=" + Browser.encode(issuers.issuer("idp"))).location())
        .isEqualTo("/security");
  }

  @Test
  void whose_an_answer_is_is_looked_at_wherever_it_is_said() {
    assertRefused(browser.get(back() + "&iss=https%3A%2F%2Fevil.example.com"));
  }

  @Test
  void a_provider_that_says_no_signs_nobody_in() {
    String state = back().replaceAll(".*state=", "");

    assertRefused(browser.get("/signin/upstream/callback?error=access_denied&state=" + state));
  }

  @Test
  void a_state_that_nobody_was_given_signs_nobody_in() {
    Page page = browser.get("/signin/upstream/callback?code=x&state=" + "x".repeat(32));

    assertThat(page.status()).isEqualTo(401);
    assertThat(page.body()).contains("This sign-in has ended.");
  }

  @Test
  void while_the_provider_is_away_passwords_go_on() {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "CreateLoginProfile",
            "UserName",
            alice.name(),
            "Password",
            PagesTest.PASSWORD));
    String back = back();
    issuers.close();

    Page away = browser.get("/signin/upstream?provider=idp");
    Page lost = browser.get(back);

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.body()).contains("Sign in with the company cannot be reached.");
    assertThat(lost.status()).isEqualTo(503);
    assertThat(
            browser
                .submit(
                    away,
                    "/sign-in",
                    "account",
                    People.ACCOUNT,
                    "name",
                    alice.name(),
                    "password",
                    PagesTest.PASSWORD)
                .location())
        .isEqualTo("/home");
    issuers = new IssuerServer();
  }

  @Test
  void two_who_are_linked_alike_are_nobody_and_one_whose_link_goes_is_out() {
    Person bob = people.user();
    link(bob, "idp:" + subject);
    assertRefused(returned());
    wire.iam(
        Key.ADMIN, "UntagUser", "UserName", bob.name(), "TagKeys.member.1", "daypass:upstream");
    assertThat(returned().location()).isEqualTo("/security");
    browser.cookie = Optional.empty();
    wire.iam(
        Key.ADMIN, "UntagUser", "UserName", alice.name(), "TagKeys.member.1", "daypass:upstream");

    assertRefused(returned());
    assertThat(trail("idp:" + subject))
        .contains("\"identityProvider\": \"idp\"", "\"ConsoleLogin\": \"Failure\"");
  }

  @Test
  void a_link_of_another_account_is_somebody_elses() {
    Key foreigner = Foreigners.admin(database, sealer);
    People.ok(wire.iam(foreigner, "CreateUser", "UserName", alice.name()));
    People.ok(wire.iam(foreigner, "TagUser", linking(alice.name(), "idp:" + subject)));

    assertThat(returned().location()).isEqualTo("/security");

    wire.iam(
        Key.ADMIN, "UntagUser", "UserName", alice.name(), "TagKeys.member.1", "daypass:upstream");
    browser.cookie = Optional.empty();
    assertRefused(returned());
  }

  @Test
  void whoever_begins_too_often_waits() {
    Page last = sent();
    for (int i = 0; i < 200 && last.status() == 303; i++) {
      last = browser.get("/signin/upstream?provider=idp");
    }

    assertThat(last.status()).isEqualTo(429);
  }

  @Test
  void whoever_brings_too_much_that_is_refused_waits() {
    Page last = browser.get("/signin/upstream/callback?state=no&code=no");
    assertThat(last.status()).isEqualTo(401);
    for (int i = 0; i < 300 && last.status() == 401; i++) {
      last = browser.get("/signin/upstream/callback?state=no&code=no");
    }

    assertThat(last.body()).contains("Rate exceeded");
    assertThat(browser.cookie).isEmpty();
  }

  @Test
  void an_address_counts_where_it_is_verified_alone() {
    idp = new TestIdp(issuers, "idp2");
    link(alice, "idp2:" + subject + "@example.com");
    idp.change = claims -> claims.claim("email", subject + "@example.com");
    assertRefused(byAddress());
    idp.change =
        claims -> claims.claim("email", subject + "@example.com").claim("email_verified", "true");
    assertRefused(byAddress());
    idp.change =
        claims -> claims.claim("email", subject + "@example.com").claim("email_verified", true);

    assertThat(byAddress().location()).isEqualTo("/home");
    assertThat(idp.authorization).isEqualTo("null");
  }

  private Page byAddress() {
    Page sent = browser.get("/signin/upstream?provider=idp2");
    return browser.get(idp.signedIn(sent.location(), subject));
  }

  @Test
  void a_provider_vouches_for_its_own_people_alone() {
    idp = new TestIdp(issuers, "idp2");
    idp.change = claims -> claims.claim("email", subject).claim("email_verified", true);

    assertRefused(byAddress());
  }

  @Test
  void a_provider_on_this_computer_needs_no_tls() throws Exception {
    int port = Integer.getInteger(TestIssuers.PLAIN_PORT);
    TestIdp local = new TestIdp(issuers, "local", "http://127.0.0.1:" + port);
    link(alice, "local:" + subject);
    HttpServer plain = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    plain.createContext("/", local::handle);
    plain.start();
    try {
      Page sent = browser.get("/signin/upstream?provider=local");

      assertThat(browser.get(local.signedIn(sent.location(), subject)).location())
          .isEqualTo("/home");
    } finally {
      plain.stop(0);
    }
  }
}
