package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
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

/// Administrators look after roles on pages: whom they trust, what they can do, and their sessions.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AdminRolePagesTest {
  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  private AdminDesk desk;
  private Browser browser;
  private Person admin;
  private Person bob;
  private String role;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    desk = new AdminDesk(server.getPort());
    browser = desk.browser();
    admin = desk.administrator();
    bob = desk.people().user();
    String arn = desk.people().role(People.trusting(bob));
    role = arn.substring(arn.lastIndexOf('/') + 1);
  }

  private Page role() {
    return browser.get("/admin/role?name=" + role);
  }

  private Page trust() {
    return browser.get("/admin/role/trust?name=" + role);
  }

  private static String trusting(Person person) {
    return People.document(People.trusting(person));
  }

  @Test
  void a_role_says_whom_it_trusts_and_what_it_can_do() {
    desk.signIn(admin);

    Page shown = role();

    assertThat(shown.body())
        .contains("<h1>" + role, "1 hour at most", "never, as far as is known", "IAMFullAccess")
        .contains(
            "Allows sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity to "
                + bob.arn()
                + ".");
  }

  @Test
  void a_role_is_made_for_whom_it_is_to_trust() {
    String name = "r-" + UUID.randomUUID();
    String path = "/team-" + name + "/";
    desk.signIn(admin);

    Page made =
        desk.follow(
            browser.submit(
                browser.get("/admin/role/new"),
                "/admin/role/new",
                "name",
                name,
                "path",
                path,
                "description",
                "<i>for tests</i>",
                "duration",
                "2",
                "document",
                trusting(bob)));
    Page found = browser.get("/admin/roles?path=" + path);

    assertThat(made.body())
        .contains("<h1>" + name, "2 hours at most", "&lt;i&gt;for tests", " to " + bob.arn() + ".");
    assertThat(found.body()).contains("<strong>" + name).doesNotContain("<strong>" + role);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "13", "-1", "x"})
  void a_session_of_no_length_there_is_makes_no_role(String hours) {
    desk.signIn(admin);

    Page refused =
        browser.submit(
            browser.get("/admin/role/new"),
            "/admin/role/new",
            "name",
            "r-" + UUID.randomUUID(),
            "duration",
            hours,
            "document",
            trusting(bob));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("The longest session cannot be so");
  }

  @Test
  void a_new_role_trusts_people_with_a_second_factor_unless_told_otherwise() {
    desk.signIn(admin);

    assertThat(browser.get("/admin/role/new").body())
        .contains("aws:MultiFactorAuthPresent", "arn:aws:iam::" + People.ACCOUNT + ":root");
  }

  @Test
  void whom_a_role_trusts_is_changed() {
    desk.signIn(admin);

    Page changed =
        desk.follow(browser.submit(trust(), "/admin/role/trust", "document", trusting(admin)));

    assertThat(changed.body()).contains(" to " + admin.arn() + ".").doesNotContain(bob.arn());
  }

  @Test
  void a_trust_policy_that_is_only_checked_does_not_count() {
    desk.signIn(admin);

    Page checked =
        browser.submit(trust(), "/admin/role/trust", "document", trusting(admin), "check", "yes");

    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.body()).contains(" to " + admin.arn() + ".");
    assertThat(role().body()).contains(" to " + bob.arn() + ".");
  }

  @Test
  void a_trust_policy_of_nobody_there_is_refused_with_its_draft() {
    desk.signIn(admin);

    Page refused =
        browser.submit(
            trust(), "/admin/role/trust", "document", "{\"Statement\": \"</textarea>\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("role=\"alert\"", "&lt;/textarea&gt;");
  }

  @Test
  void all_sessions_of_a_role_are_ended() {
    String arn = "arn:aws:iam::" + People.ACCOUNT + ":role/" + role;
    Key session =
        People.ok(
                desk.wire().sts(bob.key(), "AssumeRole", "RoleArn", arn, "RoleSessionName", "bob"))
            .credentials();
    desk.signIn(admin);

    Page ended = browser.submit(role(), "/admin/role/end");

    assertThat(ended.status()).as(ended.body()).isEqualTo(303);
    assertThat(desk.wire().sts(session, "GetCallerIdentity").code())
        .isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_policy_is_attached_and_detached() {
    desk.signIn(admin);

    Page without = desk.follow(browser.submit(role(), "/admin/role/detach"));
    Page with =
        desk.follow(browser.submit(without, "/admin/role/attach", "policy", AdminDesk.READ_ONLY));

    assertThat(without.body()).contains("None is attached.");
    assertThat(with.form("/admin/role/detach")).containsEntry("policy", AdminDesk.READ_ONLY);
  }

  @Test
  void whoever_may_only_look_changes_nothing() {
    desk.signIn(desk.allowed("iam:Get*", "iam:List*"));

    assertThat(browser.submit(role(), "/admin/role/detach").body())
        .contains("is not authorized to perform: iam:DetachRolePolicy");
    assertThat(browser.submit(role(), "/admin/role/end").body())
        .contains("is not authorized to perform: daypass:RevokeSessions");
    assertThat(browser.submit(trust(), "/admin/role/trust", "document", trusting(admin)).body())
        .contains("is not authorized to perform: iam:UpdateAssumeRolePolicy");
  }

  @Test
  void whoever_administers_nothing_is_shown_nothing() {
    desk.signIn(new Keyholders(desk.wire()).withPassword());

    assertThat(browser.get("/admin/roles").body())
        .contains("is not authorized to perform: iam:ListRoles");
    assertThat(role().body()).contains("is not authorized to perform: iam:GetRole");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/roles",
        "/admin/role?name=x",
        "/admin/role/new",
        "/admin/role/trust?name=x"
      })
  void it_takes_a_second_factor(String path) {
    desk.typed(admin);

    Page refused = browser.get(path);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("This takes a second factor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody-of-this-name", "a/b", "%3Cscript%3E", "x&name=y"})
  void a_role_that_is_not_there_is_told_among_the_roles(String name) {
    desk.signIn(admin);

    for (String path : new String[] {"/admin/role?name=", "/admin/role/trust?name="}) {
      Page refused = browser.get(path + name);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("<h1>Roles", "role=\"alert\"").doesNotContain("<script>");
    }
  }

  @Test
  void a_path_that_cannot_be_is_told() {
    desk.signIn(admin);

    Page refused = browser.get("/admin/roles?path=%22%3E%3Cscript%3E");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("The path cannot be so").doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/role/new",
        "/admin/role/trust",
        "/admin/role/attach",
        "/admin/role/detach",
        "/admin/role/end"
      })
  void forms_of_others_change_nothing(String action) {
    desk.signIn(admin);

    assertThat(desk.forged(action).status()).isEqualTo(403);
  }
}
