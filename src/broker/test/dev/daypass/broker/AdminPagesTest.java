package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Administrators look after users on pages, as far as policies let them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AdminPagesTest {
  private static final String LINK = "http://localhost:8080/enrol\\?token=[\\w-]+";

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
  private Wire wire;
  private People people;
  private Browser browser;
  private Person admin;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    wire = new Wire(server.getPort());
    people = new People(wire);
    browser = new Browser(server.getPort());
    admin = new Keyholders(wire).withPassword();
    people.allow(admin, "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}");
  }

  private Page typed(Person person) {
    browser.cookie = Optional.empty();
    return browser.typed("/sign-in", person.name(), Keyholders.PASSWORD);
  }

  private void signedIn(Person person) {
    Device device = people.device(person);
    Page done = browser.submit(typed(person), "/sign-in/code", "code", device.freshCode());
    assertThat(done.location()).as(done.body()).isEqualTo("/home");
  }

  @Test
  void an_administrator_makes_a_user_who_begins_by_a_link() {
    signedIn(admin);
    String name = "new-" + UUID.randomUUID();

    Page made = browser.submit(browser.get("/admin/users"), "/admin/users", "name", name);
    String link = made.body().replaceAll("(?s).*(" + LINK + ").*", "$1");
    Page user = browser.get("/admin/user?name=" + name);
    Page enrol = new Browser(server.getPort()).get(link.replace("http://localhost:8080", ""));

    assertThat(browser.get("/home").body()).contains("/admin/users");
    assertThat(made.body()).contains("A link for " + name);
    assertThat(made.header("cache-control")).isEqualTo("no-store");
    assertThat(user.body()).contains(name, "None.");
    assertThat(enrol.body()).contains("Welcome, " + name);
    assertThat(Trail.ofEvent(database, "CreateEnrolmentLink"))
        .contains(name)
        .doesNotContain(link.substring(link.indexOf('=') + 1));
  }

  @Test
  void a_link_replaces_the_one_before() {
    signedIn(admin);
    Person bob = people.user();
    Page user = browser.get("/admin/user?name=" + bob.name());

    String first =
        browser.submit(user, "/admin/user/link").body().replaceAll("(?s).*(" + LINK + ").*", "$1");
    browser.submit(user, "/admin/user/link");

    assertThat(browser.get(first.replace("http://localhost:8080", "")).status()).isEqualTo(404);
  }

  @Test
  void an_administrator_ends_all_sessions_of_a_user() {
    Person bob = new Keyholders(wire).withPassword();
    typed(bob);
    Browser bobs = browser.copy();
    assertThat(bobs.get("/home").status()).isEqualTo(200);
    signedIn(admin);

    Page done = browser.submit(browser.get("/admin/user?name=" + bob.name()), "/admin/user/end");

    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(bobs.get("/home").location()).isEqualTo("/sign-in");
  }

  @Test
  void an_administrator_searches_what_was_done() {
    Person bob = people.user();
    wire.iam(bob.key(), "ListUsers");
    signedIn(admin);

    Page found = browser.get("/admin/activity?user=" + bob.name() + "&event=ListUsers");
    Page none = browser.get("/admin/activity?user=%3Cscript%3E");

    assertThat(found.body()).contains("ListUsers", "AccessDenied", bob.name() + ", 127.0.0.1");
    assertThat(none.body()).contains("There is nothing.").doesNotContain("<script>");
  }

  @Test
  void policies_say_what_administrators_may() {
    Person bob = new Keyholders(wire).withPassword();
    people.allow(
        bob, "{\"Effect\": \"Allow\", \"Action\": \"iam:ListUsers\", \"Resource\": \"*\"}");
    signedIn(bob);

    Page users = browser.get("/admin/users");
    Page refused = browser.submit(users, "/admin/users", "name", "new-" + UUID.randomUUID());
    Page user = browser.get("/admin/user?name=" + admin.name());
    Page activity = browser.get("/admin/activity");

    assertThat(users.status()).isEqualTo(200);
    assertThat(refused.body()).contains("is not authorized to perform: iam:CreateUser");
    assertThat(user.body()).contains("is not authorized to perform: iam:GetUser");
    assertThat(activity.body()).contains("is not authorized to perform: cloudtrail:LookupEvents");
  }

  @Test
  void a_link_takes_a_permission_of_its_own() {
    Person bob = people.user();
    Person carol = people.user();
    people.allow(bob, "{\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": \"*\"}");

    Reply refused = wire.daypass(bob.key(), "CreateEnrolmentLink", "UserName", carol.name());
    people.allow(
        bob,
        "{\"Effect\": \"Allow\", \"Action\": \"daypass:CreateEnrolmentLink\", \"Resource\": \"%s\"}"
            .formatted(carol.arn()));

    assertThat(refused.code()).isEqualTo("AccessDenied");
    assertThat(
            People.ok(wire.daypass(bob.key(), "CreateEnrolmentLink", "UserName", carol.name()))
                .text("Link"))
        .matches(LINK);
    assertThat(wire.daypass(bob.key(), "CreateEnrolmentLink", "UserName", admin.name()).code())
        .isEqualTo("AccessDenied");
    assertThat(wire.daypass(Key.ADMIN, "CreateEnrolmentLink", "UserName", "nobody").code())
        .isEqualTo("NoSuchEntity");
  }

  @Test
  void it_takes_a_second_factor() {
    typed(admin);

    for (String path : List.of("/admin/users", "/admin/user?name=x", "/admin/activity")) {
      Page refused = browser.get(path);
      assertThat(refused.status()).as(path).isEqualTo(403);
      assertThat(refused.body()).contains("This takes a second factor");
    }
  }

  @Test
  void whoever_administers_nothing_is_shown_nothing() {
    Person bob = new Keyholders(wire).withPassword();
    signedIn(bob);

    assertThat(browser.get("/home").body()).doesNotContain("/admin/users");
    assertThat(browser.get("/admin/users").body())
        .contains("is not authorized to perform: iam:ListUsers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody-of-this-name", "a/b", "%3Cscript%3E", "x&name=y"})
  void a_user_who_is_not_there_is_told_among_the_users(String name) {
    signedIn(admin);

    Page refused = browser.get("/admin/user?name=" + name);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("role=\"alert\"").doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/users", "/admin/user/link", "/admin/user/end"})
  void forms_of_others_change_nothing(String action) {
    signedIn(admin);

    Page refused =
        browser.post(
            action,
            Map.of("csrf", "x", "name", admin.name()),
            Map.of("Sec-Fetch-Site", "same-origin"));

    assertThat(refused.status()).isEqualTo(403);
  }
}
