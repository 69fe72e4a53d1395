package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Administrators look after users on pages, as far as policies let them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AdminUserPagesTest {
  private static final String LINK = "http://localhost:8080/enrol\\?token=[\\w-]+";

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
  private Wire wire;
  private People people;
  private Browser browser;
  private AdminDesk desk;
  private Person admin;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    desk = new AdminDesk(server.getPort());
    wire = desk.wire();
    people = desk.people();
    browser = desk.browser();
    admin = desk.administrator();
  }

  private Page typed(Person person) {
    return desk.typed(person);
  }

  private void signedIn(Person person) {
    desk.signIn(person);
  }

  @Test
  void an_administrator_puts_a_user_into_a_group_and_takes_it_out() {
    String group = desk.group();
    Person bob = people.user();
    signedIn(admin);

    Page in = desk.follow(browser.submit(desk.user(bob), "/admin/user/join", "group", group));
    Page out = desk.follow(browser.submit(in, "/admin/user/leave"));

    assertThat(in.form("/admin/user/leave")).containsEntry("group", group);
    assertThat(out.body()).doesNotContain("/admin/user/leave");
    assertThat(Trail.ofEvent(database, "AddUserToGroup")).contains(group, bob.name());
  }

  @Test
  void an_administrator_attaches_a_policy_to_a_user_and_detaches_it() {
    Person bob = people.user();
    signedIn(admin);

    Page with =
        desk.follow(
            browser.submit(desk.user(bob), "/admin/user/attach", "policy", AdminDesk.READ_ONLY));
    Page without = desk.follow(browser.submit(with, "/admin/user/detach"));

    assertThat(with.form("/admin/user/detach")).containsEntry("policy", AdminDesk.READ_ONLY);
    assertThat(without.body()).contains("None is attached.");
  }

  @Test
  void what_is_refused_about_a_user_is_told_on_the_page() {
    Person bob = people.user();
    signedIn(admin);

    Page group =
        browser.submit(desk.user(bob), "/admin/user/join", "group", "<script>alert(1)</script>");
    Page policy =
        browser.submit(
            desk.user(bob), "/admin/user/attach", "policy", "arn:aws:iam::aws:policy/None");

    assertThat(group.status()).isEqualTo(400);
    assertThat(group.body()).contains("There is nothing of this name.").doesNotContain("<script>");
    assertThat(policy.status()).isEqualTo(400);
    assertThat(policy.body()).contains("<h1>" + bob.name(), "arn:aws:iam::aws:policy/None");
  }

  @Test
  void inline_policies_are_told_in_sentences_and_in_full() {
    Person bob = people.user();
    people.allow(
        bob,
        "{\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"arn:aws:s3:::<b>\"}");
    signedIn(admin);

    assertThat(desk.user(bob).body())
        .contains("Allows s3:Get* on arn:aws:s3:::&lt;b&gt;.", "&quot;s3:Get*&quot;")
        .doesNotContain("arn:aws:s3:::<b>");
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
  @ValueSource(
      strings = {
        "/admin/users",
        "/admin/user/link",
        "/admin/user/end",
        "/admin/user/join",
        "/admin/user/leave",
        "/admin/user/attach",
        "/admin/user/detach"
      })
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
