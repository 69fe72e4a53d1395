package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Administrators look after groups on pages, as far as policies let them.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AdminGroupPagesTest {
  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  private AdminDesk desk;
  private Browser browser;
  private Person admin;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    desk = new AdminDesk(server.getPort());
    browser = desk.browser();
    admin = desk.administrator();
  }

  private Page group(String name) {
    return browser.get("/admin/group?name=" + name);
  }

  @Test
  void a_group_is_made_and_shown() {
    String name = "g-" + UUID.randomUUID();
    desk.signIn(admin);

    Page made =
        desk.follow(browser.submit(browser.get("/admin/groups"), "/admin/groups", "name", name));

    assertThat(made.body()).contains("<h1>" + name, "Nobody.", "None is attached.");
  }

  @Test
  void somebody_is_put_in_and_taken_out() {
    String name = desk.group();
    Person bob = desk.people().user();
    desk.signIn(admin);

    Page in = desk.follow(browser.submit(group(name), "/admin/group/add", "user", bob.name()));
    Page out = desk.follow(browser.submit(in, "/admin/group/remove"));

    assertThat(in.form("/admin/group/remove")).containsEntry("user", bob.name());
    assertThat(out.body()).contains("Nobody.");
  }

  @Test
  void a_group_that_is_still_in_use_is_not_deleted() {
    String name = desk.group();
    desk.signIn(admin);
    Page with =
        desk.follow(
            browser.submit(group(name), "/admin/group/attach", "policy", AdminDesk.READ_ONLY));

    Page refused = browser.submit(with, "/admin/group/delete");
    Page without = desk.follow(browser.submit(with, "/admin/group/detach"));
    Page deleted = browser.submit(without, "/admin/group/delete");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("role=\"alert\"", "must detach all policies first");
    assertThat(deleted.location()).isEqualTo("/admin/groups");
    assertThat(group(name).body()).contains("cannot be found");
  }

  @Test
  void policies_say_what_administrators_may() {
    String name = desk.group();
    Person bob = desk.allowed("iam:ListGroups");
    desk.signIn(bob);

    Page groups = browser.get("/admin/groups");
    Page refused = browser.submit(groups, "/admin/groups", "name", "g-" + UUID.randomUUID());

    assertThat(groups.status()).isEqualTo(200);
    assertThat(refused.body()).contains("is not authorized to perform: iam:CreateGroup");
    assertThat(group(name).body()).contains("is not authorized to perform: iam:GetGroup");
  }

  @Test
  void whoever_may_only_look_changes_nothing() {
    String name = desk.group();
    Person bob = desk.people().user();
    Person reader = desk.allowed("iam:Get*", "iam:List*");
    desk.signIn(reader);

    Page refused = browser.submit(group(name), "/admin/group/add", "user", bob.name());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("is not authorized to perform: iam:AddUserToGroup", "Nobody.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/groups", "/admin/group?name=x"})
  void it_takes_a_second_factor(String path) {
    desk.typed(admin);

    Page refused = browser.get(path);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("This takes a second factor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody-of-this-name", "a/b", "%3Cscript%3E", "x&name=y", "%00"})
  void a_group_that_is_not_there_is_told_among_the_groups(String name) {
    desk.signIn(admin);

    Page refused = group(name);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("<h1>Groups", "role=\"alert\"").doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/groups",
        "/admin/group/add",
        "/admin/group/remove",
        "/admin/group/attach",
        "/admin/group/detach",
        "/admin/group/delete"
      })
  void forms_of_others_change_nothing(String action) {
    desk.signIn(admin);

    assertThat(desk.forged(action).status()).isEqualTo(403);
  }
}
