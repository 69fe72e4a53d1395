package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People.Person;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Administrators write managed policies on pages, and are told what these say before they count.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AdminPolicyPagesTest {
  private static final String GET =
      "{\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"*\"}";
  private static final String PUT =
      "{\"Effect\": \"Allow\", \"Action\": \"s3:Put*\", \"Resource\": \"*\"}";

  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  @Inject Pool database;
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

  private Page policy(String arn) {
    return browser.get("/admin/policy?arn=" + Browser.encode(arn));
  }

  private Page edit(String arn) {
    return browser.get("/admin/policy/edit?arn=" + Browser.encode(arn));
  }

  private Page newPolicy(String... fields) {
    return browser.submit(browser.get("/admin/policy/new"), "/admin/policy/new", fields);
  }

  /// As htmx sends it.
  private Page live(String type, String document) {
    Map<String, String> form =
        new LinkedHashMap<>(browser.get("/admin/policy/new").form("/admin/policy/new"));
    form.put("type", type);
    form.put("document", document);
    return browser.post(
        "/admin/check",
        form,
        Map.of("Origin", Browser.ORIGIN, "Sec-Fetch-Site", "same-origin", "HX-Request", "true"));
  }

  @Test
  void a_policy_is_checked_and_then_made() {
    String name = "p-" + UUID.randomUUID();
    String text = People.document(GET);
    desk.signIn(admin);

    Page checked = newPolicy("name", name, "document", text, "check", "yes");
    Page made =
        desk.follow(browser.submit(checked, "/admin/policy/new", "name", name, "document", text));

    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.body()).contains("Allows s3:Get* on every resource.", name);
    assertThat(made.body()).contains("<h1>" + name, "Allows s3:Get* on every resource.", "Nobody.");
  }

  @Test
  void checking_saves_nothing() {
    String name = "p-" + UUID.randomUUID();
    desk.signIn(admin);

    newPolicy("name", name, "document", People.document(GET), "check", "yes");

    assertThat(browser.get("/admin/policies").body()).doesNotContain(name);
  }

  @Test
  void findings_are_told_with_their_place_and_how_much_they_matter() {
    desk.signIn(admin);
    String text =
        """
        {"Version": "2012-10-17",
         "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}""";

    Page found = live("IDENTITY", text);

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.body())
        .contains(
            "id=\"found\"", "1 security warning", "Line 2, column", "Statement", "iam:PassRole")
        .doesNotContain("<html");
  }

  @Test
  void what_is_no_json_is_told_with_its_place() {
    desk.signIn(admin);

    assertThat(live("IDENTITY", "{\n  \"Version\" \"2012-10-17\"}").body())
        .contains("1 error.", "Line 2, column 1")
        .doesNotContain("What it says");
  }

  @Test
  void a_trust_policy_is_checked_as_one() {
    desk.signIn(admin);
    String trust =
        People.document(
            "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"AWS\": \"%s\"}}"
                .formatted(admin.arn()));

    assertThat(live("TRUST", trust).body())
        .contains("Allows sts:AssumeRole to " + admin.arn() + ".")
        .doesNotContain("class=\"failed\"");
    assertThat(live("IDENTITY", trust).body()).contains("class=\"failed\"");
  }

  @Test
  void what_cannot_be_saved_comes_back_with_the_reason_and_the_draft() {
    desk.signIn(admin);

    Page refused = newPolicy("name", "p-" + UUID.randomUUID(), "document", "{\"<script>\": 1}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("role=\"alert\"", "{&quot;&lt;script&gt;&quot;: 1}", "class=\"failed\"")
        .doesNotContain("<script>");
  }

  @Test
  void a_draft_that_is_too_long_is_not_read() {
    desk.signIn(admin);

    assertThat(live("IDENTITY", "[".repeat(16_385)).body()).contains("16384 at most");
    assertThat(live("IDENTITY", "a".repeat(70_000)).status()).isEqualTo(413);
  }

  @Test
  void of_many_findings_the_first_are_shown() {
    desk.signIn(admin);

    Page found = live("IDENTITY", People.document("{\"Effect\": 1}, ".repeat(200) + GET));

    assertThat(found.body()).contains("601 errors, 199 suggestions; the first 100:");
    assertThat(found.body().split("class=\"about\"", -1)).hasSize(101);
  }

  @Test
  void drafts_can_be_checked_so_often() {
    desk.signIn(admin);
    Map<String, String> form = browser.get("/admin/policy/new").form("/admin/policy/new");
    Map<String, String> headers = Map.of("Origin", Browser.ORIGIN);

    assertThat(
            IntStream.range(0, 60)
                .mapToObj(_ -> browser.post("/admin/check", form, headers).status()))
        .contains(200, 429)
        .doesNotContain(500, 503);
  }

  @Test
  void versions_are_added_used_and_deleted() {
    String arn = desk.policy(GET);
    desk.signIn(admin);

    Page second =
        desk.follow(
            browser.submit(edit(arn), "/admin/policy/edit", "document", People.document(PUT)));
    Page first = desk.follow(browser.submit(second, "/admin/policy/default"));
    Page alone = desk.follow(browser.submit(first, "/admin/policy/delete"));

    assertThat(second.body()).contains("Allows s3:Put* on every resource.");
    assertThat(second.form("/admin/policy/default")).containsEntry("version", "v1");
    assertThat(first.body()).contains("Allows s3:Get* on every resource.");
    assertThat(first.form("/admin/policy/delete")).containsEntry("version", "v2");
    assertThat(alone.body()).doesNotContain("/admin/policy/delete");
    assertThat(Trail.ofEvent(database, "SetDefaultPolicyVersion")).contains(arn);
  }

  @Test
  void who_has_a_policy_is_told() {
    String arn = desk.policy(GET);
    Person bob = desk.people().user();
    desk.signIn(admin);
    browser.submit(desk.user(bob), "/admin/user/attach", "policy", arn);

    assertThat(policy(arn).body()).contains("/admin/user?name=" + bob.name());
  }

  @Test
  void policies_that_come_with_daypass_are_shown_apart_and_not_changed() {
    desk.signIn(admin);

    Page aws = browser.get("/admin/policies?scope=aws");
    Page shown = policy(AdminDesk.READ_ONLY);
    Page refused =
        browser.submit(
            edit(AdminDesk.READ_ONLY), "/admin/policy/edit", "document", People.document(GET));

    assertThat(aws.body()).contains(AdminDesk.READ_ONLY);
    assertThat(browser.get("/admin/policies").body()).doesNotContain(AdminDesk.READ_ONLY);
    assertThat(shown.body()).doesNotContain("/admin/policy/edit");
    assertThat(refused.status()).isEqualTo(400);
  }

  @Test
  void the_script_may_ask_us_and_nobody_else() {
    desk.signIn(admin);

    Page editor = browser.get("/admin/policy/new");

    assertThat(editor.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self';", "connect-src 'self'")
        .doesNotContain("unsafe");
    assertThat(browser.get("/admin/policies").header("content-security-policy"))
        .doesNotContain("connect-src");
    assertThat(browser.get("/assets/htmx.min.js").status()).isEqualTo(200);
    assertThat(browser.get("/webjars/htmx.org/2.0.10/dist/htmx.js").status()).isEqualTo(404);
  }

  @Test
  void policies_say_what_administrators_may() {
    String arn = desk.policy(GET);
    Person reader = desk.allowed("iam:Get*", "iam:List*");
    desk.signIn(reader);

    Page made = newPolicy("name", "p-" + UUID.randomUUID(), "document", People.document(GET));
    Page edited = browser.submit(edit(arn), "/admin/policy/edit", "document", People.document(PUT));

    assertThat(made.body()).contains("is not authorized to perform: iam:CreatePolicy");
    assertThat(edited.body()).contains("is not authorized to perform: iam:CreatePolicyVersion");
  }

  @Test
  void whoever_administers_nothing_is_shown_nothing() {
    String arn = desk.policy(GET);
    desk.signIn(new Keyholders(desk.wire()).withPassword());

    assertThat(browser.get("/admin/policies").body())
        .contains("is not authorized to perform: iam:ListPolicies");
    assertThat(policy(arn).body()).contains("is not authorized to perform: iam:GetPolicy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/policies",
        "/admin/policy?arn=x",
        "/admin/policy/new",
        "/admin/policy/edit?arn=x"
      })
  void it_takes_a_second_factor(String path) {
    desk.typed(admin);

    Page refused = browser.get(path);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("This takes a second factor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "arn:aws:iam::111122223333:policy/none", "%3Cscript%3E%3C/script%3E----", "x"})
  void a_policy_that_is_not_there_is_told_among_the_policies(String arn) {
    desk.signIn(admin);

    for (String path : new String[] {"/admin/policy?arn=", "/admin/policy/edit?arn="}) {
      Page refused = browser.get(path + arn);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body())
          .contains("<h1>Policies", "role=\"alert\"")
          .doesNotContain("<script>");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/policy/new",
        "/admin/policy/edit",
        "/admin/policy/default",
        "/admin/policy/delete",
        "/admin/check"
      })
  void forms_of_others_change_nothing(String action) {
    desk.signIn(admin);

    assertThat(desk.forged(action).status()).isEqualTo(403);
  }
}
