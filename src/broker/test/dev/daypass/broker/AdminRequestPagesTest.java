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

/// People who ask for permissions are answered on pages.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AdminRequestPagesTest {
  @TestHTTPResource URI server;
  @Inject RedisAPI redis;
  private AdminDesk desk;
  private Browser browser;
  private Person admin;
  private Person asker;

  @BeforeEach
  void begin() {
    Keyholders.forgetAttempts(redis);
    desk = new AdminDesk(server.getPort());
    browser = desk.browser();
    admin = desk.administrator();
    asker = desk.allowed("iam:CreateDelegationRequest", "sts:GetDelegatedAccessToken");
  }

  /// The id of a new request.
  private String asked(Person person, String description) {
    String template =
        desk.policy("{\"Effect\": \"Allow\", \"Action\": \"iam:GetRole\", \"Resource\": \"*\"}");
    return Sdk.iam(server, person.key())
        .createDelegationRequest(
            r ->
                r.ownerAccountId(TestServers.ACCOUNT)
                    .description(description)
                    .permissions(p -> p.policyTemplateArn(template))
                    .requestorWorkflowId("workflow-" + UUID.randomUUID())
                    .notificationChannel("none-at-all-but-a-name")
                    .sessionDuration(3600))
        .delegationRequestId();
  }

  private Page request(String id) {
    return browser.get("/admin/request?id=" + id);
  }

  private Page taken(String id) {
    return desk.follow(browser.submit(request(id), "/admin/request/take"));
  }

  @Test
  void a_request_is_taken_on_accepted_and_sent() {
    String id = asked(asker, "Looks at <b>roles</b>");
    desk.signIn(admin);

    Page waiting = request(id);
    Page taken = taken(id);
    Page accepted = desk.follow(browser.submit(taken, "/admin/request/accept"));
    Page sent = desk.follow(browser.submit(accepted, "/admin/request/send"));

    assertThat(waiting.body())
        .contains("Looks at &lt;b&gt;roles", "Allows iam:GetRole on every resource.", "1 hour")
        .contains("You may do all of it yourself.", "nobody has taken it on");
    assertThat(taken.body()).contains("waits for a decision", admin.arn());
    assertThat(accepted.body()).contains("accepted, and not sent yet");
    assertThat(sent.body()).contains("accepted and sent").doesNotContain("/admin/request/reject");
    assertThat(
            Sdk.sts(server, asker.key())
                .getDelegatedAccessToken(r -> r.tradeInToken(id))
                .credentials()
                .accessKeyId())
        .startsWith("ASIA");
  }

  @Test
  void a_request_is_rejected_with_a_reason() {
    String id = asked(asker, "Looks at roles");
    desk.signIn(admin);

    Page rejected =
        desk.follow(browser.submit(taken(id), "/admin/request/reject", "notes", "<not> now"));

    assertThat(rejected.body()).contains("rejected", "&lt;not&gt; now");
  }

  @Test
  void requests_that_wait_are_listed_apart_from_ones_own() {
    String theirs = asked(asker, "Of somebody else");
    String own = asked(admin, "Of myself");
    desk.signIn(admin);
    taken(theirs);
    taken(own);

    String list = everyPage();

    assertThat(list).contains("/admin/request?id=" + theirs, "/admin/request?id=" + own);
    assertThat(browser.get("/admin/requests").body()).contains("To be decided", "Your own");
  }

  /// Other tests have requests, too.
  private String everyPage() {
    StringBuilder all = new StringBuilder();
    String next = "/admin/requests";
    while (!next.isEmpty()) {
      Page page = browser.get(next);
      assertThat(page.status()).isEqualTo(200);
      all.append(page.body());
      String body = page.body().replace("&amp;", "&");
      int more = body.indexOf("/admin/requests?marker=");
      next = more < 0 ? "" : body.substring(more, body.indexOf('"', more));
    }
    return all.toString();
  }

  @Test
  void what_was_decided_is_not_decided_again() {
    String id = asked(asker, "Looks at roles");
    desk.signIn(admin);
    Page taken = taken(id);
    browser.submit(taken, "/admin/request/reject");

    Page refused = browser.submit(taken, "/admin/request/accept");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("role=\"alert\"", "REJECTED");
  }

  @Test
  void policies_say_who_decides() {
    String id = asked(asker, "Looks at roles");
    Person reader = desk.allowed("iam:GetDelegationRequest", "iam:GetHumanReadableSummary");
    desk.signIn(reader);

    assertThat(browser.get("/admin/requests").body())
        .contains("is not authorized to perform: iam:ListDelegationRequests");
    assertThat(browser.submit(request(id), "/admin/request/take").body())
        .contains("is not authorized to perform: iam:AssociateDelegationRequest");
    assertThat(request(id).body()).contains("You may not do all of it yourself");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/requests", "/admin/request?id=x"})
  void it_takes_a_second_factor(String path) {
    desk.typed(admin);

    Page refused = browser.get(path);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("This takes a second factor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dr-NOTTHEREATALLNOTTHERE", "a/b", "%3Cscript%3E"})
  void a_request_that_is_not_there_is_told_among_the_requests(String id) {
    desk.signIn(admin);

    Page refused = request(id);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("<h1>Requests", "role=\"alert\"")
        .doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/request/take",
        "/admin/request/accept",
        "/admin/request/reject",
        "/admin/request/send"
      })
  void forms_of_others_change_nothing(String action) {
    desk.signIn(admin);

    assertThat(desk.forged(action).status()).isEqualTo(403);
  }
}
