package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An account is made what one document says.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ApplyTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String EVERYTHING =
      "{\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": \"*\"}";
  private static final String DOCUMENT =
      "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:%s\", \"Resource\": \"*\"}}";

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private String id;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    id = UUID.randomUUID().toString().substring(0, 8);
  }

  private String signedIn(String statement) {
    Person person = people.user();
    people.allow(person, statement);
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", person.name(), "Password", PASSWORD));
    Device device = people.device(person);
    String transaction =
        post(
                "sign-in",
                Map.of("account", People.ACCOUNT, "userName", person.name(), "password", PASSWORD))
            .path("transaction");
    return post("sign-in/mfa", Map.of("transaction", transaction, "code", device.freshCode()))
        .path("token");
  }

  private static ExtractableResponse<?> post(String path, Map<String, ?> body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post("/api/" + path)
        .then()
        .statusCode(200)
        .extract();
  }

  private ValidatableResponse apply(String token, String document) {
    return apply(token, document, "");
  }

  private ValidatableResponse apply(String token, String document, String query) {
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(document.replace("$", id))
        .post("/api/apply" + query)
        .then();
  }

  private static List<String> lines(ValidatableResponse answer) {
    List<Map<String, String>> changes = answer.statusCode(200).extract().path("changes");
    return changes.stream()
        .map(
            change ->
                change.get("sign")
                    + " "
                    + change.get("thing")
                    + (change.get("detail").isEmpty() ? "" : ": " + change.get("detail")))
        .toList();
  }

  private String code(String action, String... parameters) {
    return wire.iam(Key.ADMIN, action, parameters).code();
  }

  private static final String WHOLE =
      """
      {"policies": {"artifacts-$": {"path": "/app/", "description": "first", "document": %s,
         "tags": {"team": "payments"}}},
       "groups": {"developers-$": {"path": "/teams/", "managedPolicies": ["artifacts-$"],
         "inlinePolicies": {"own": %s}}},
       "users": {"alice-$": {"path": "/people/", "tags": {"a": "1"}, "permissionsBoundary": "artifacts-$",
         "groups": ["developers-$"], "managedPolicies": ["arn:aws:iam::aws:policy/IAMReadOnlyAccess"]}},
       "roles": {
         "a-$": {"description": "a", "maxSessionDuration": 7200, "trustPolicy": {"Version": "2012-10-17",
           "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"AWS": "arn:aws:iam::111122223333:role/b-$"}}}},
         "b-$": {"trustPolicy": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
             "Action": "sts:AssumeRole",
             "Principal": {"AWS": "arn:aws:iam::111122223333:user/people/alice-$"}}},
           "managedPolicies": ["artifacts-$"]}}}
      """
          .formatted(DOCUMENT.formatted("Get*"), DOCUMENT.formatted("List*"));

  @Test
  void what_is_named_is_made_whatever_depends_on_what_and_a_second_time_nothing_changes() {
    String token = signedIn(EVERYTHING);

    List<String> first = lines(apply(token, WHOLE));

    assertThat(first)
        .containsSubsequence(
            "+ policy artifacts-" + id,
            "+ group developers-" + id,
            "+ user alice-" + id,
            "+ role b-" + id,
            "+ role a-" + id)
        .contains(
            "+ user alice-" + id + ": group developers-" + id,
            "+ role b-"
                + id
                + ": managed policy arn:aws:iam::111122223333:policy/app/artifacts-"
                + id);
    assertThat(wire.iam(Key.ADMIN, "GetUser", "UserName", "alice-" + id).body())
        .contains("<Path>/people/</Path>", "policy/app/artifacts-" + id, "<Key>a</Key>");
    assertThat(lines(apply(token, WHOLE))).isEmpty();
    assertThat(lines(apply(token, WHOLE, "?prune=true"))).noneMatch(line -> line.contains(id));
  }

  @Test
  void what_differs_is_changed_and_shown() {
    String token = signedIn(EVERYTHING);
    apply(token, WHOLE).statusCode(200);
    String changed =
        WHOLE
            .replace("\"path\": \"/people/\", \"tags\": {\"a\": \"1\"}", "\"tags\": {\"b\": \"2\"}")
            .replace("\"permissionsBoundary\": \"artifacts-$\"", "\"permissionsBoundary\": null")
            .replace("[\"developers-$\"]", "[]")
            .replace("\"description\": \"a\"", "\"description\": \"z\"")
            .replace("s3:Get*", "s3:Put*")
            .replace("s3:List*", "s3:Head*")
            .replace("[\"arn:aws:iam::aws:policy/IAMReadOnlyAccess\"]", "[]")
            .replace("/teams/", "/clubs/");

    List<String> lines = lines(apply(token, changed));

    assertThat(lines)
        .containsExactlyInAnyOrder(
            "~ policy artifacts-" + id + ": document, in place of version v1",
            "~ group developers-" + id + ": path \"/teams/\" -> \"/clubs/\"",
            "- user alice-" + id + ": tags [a]",
            "- user alice-" + id + ": group developers-" + id,
            "- user alice-" + id + ": managed policy arn:aws:iam::aws:policy/IAMReadOnlyAccess",
            "~ user alice-" + id + ": tags b = \"2\"",
            "- user alice-"
                + id
                + ": boundary arn:aws:iam::111122223333:policy/app/artifacts-"
                + id,
            "~ group developers-" + id + ": inline policy own",
            "~ role a-" + id + ": description \"a\" -> \"z\"");
    assertThat(lines(apply(token, changed))).isEmpty();
  }

  @Test
  void the_oldest_version_makes_room_for_a_sixth() {
    String token = signedIn(EVERYTHING);
    String arn = "arn:aws:iam::111122223333:policy/p-" + id;
    for (int i = 1; i <= 7; i++) {
      String document = DOCUMENT.formatted("Get" + i);
      lines(apply(token, "{\"policies\": {\"p-$\": {\"document\": %s}}}".formatted(document)));
    }

    var versions = wire.iam(Key.ADMIN, "ListPolicyVersions", "PolicyArn", arn);

    assertThat(versions.texts("VersionId")).containsExactly("v7", "v6", "v5", "v4", "v3");
    assertThat(wire.iam(Key.ADMIN, "GetPolicy", "PolicyArn", arn).text("DefaultVersionId"))
        .isEqualTo("v7");
    assertThat(lines(apply(token, "{}", "?prune=true"))).contains("- policy p-" + id);
    assertThat(code("GetPolicy", "PolicyArn", arn)).isEqualTo("NoSuchEntity");
  }

  @Test
  void one_bad_change_leaves_nothing() {
    String token = signedIn(EVERYTHING);

    apply(
            token,
            """
            {"users": {"u-$": {"groups": ["g-$"]}}, "groups": {"g-$": {}},
             "roles": {"r-$": {"trustPolicy": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
               "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::111122223333:user/nobody-$"}}}}}}
            """)
        .statusCode(400)
        .body("error.code", equalTo("MalformedPolicyDocument"))
        .body("error.message", containsString("[+ role r-" + id + "]"));

    assertThat(code("GetUser", "UserName", "u-" + id)).isEqualTo("NoSuchEntity");
    assertThat(code("GetGroup", "GroupName", "g-" + id)).isEqualTo("NoSuchEntity");
  }

  @Test
  void a_rehearsal_tells_and_changes_nothing() {
    String token = signedIn(EVERYTHING);

    apply(token, WHOLE, "?dryRun=true").statusCode(200).body("applied", equalTo(false));
    var refused =
        apply(token, "{\"users\": {\"u-$\": {\"groups\": [\"nobody\"]}}}", "?dryRun=true")
            .body("refusal.code", equalTo("NoSuchEntity"));

    assertThat(lines(refused)).contains("+ user u-" + id);
    assertThat(code("GetUser", "UserName", "alice-" + id)).isEqualTo("NoSuchEntity");
    assertThat(code("GetUser", "UserName", "u-" + id)).isEqualTo("NoSuchEntity");
  }

  @Test
  void every_change_needs_the_permission_it_needs_on_the_wire() {
    String reading =
        "{\"Effect\": \"Allow\", \"Action\": [\"iam:GetAccountAuthorizationDetails\", \"iam:CreateGroup\"], \"Resource\": \"*\"}";
    String own =
        """
        {"Effect": "Allow", "Action": "iam:CreateUser", "Resource": "arn:aws:iam::111122223333:user/mine/*"}
        """;
    String token = signedIn(reading + "," + own);

    apply(token, "{\"users\": {\"u-$\": {}}, \"groups\": {\"g-$\": {}}}")
        .statusCode(403)
        .body("error.code", equalTo("AccessDenied"))
        .body("error.message", containsString("iam:CreateUser"))
        .body("error.message", containsString("arn:aws:iam::111122223333:user/u-" + id));
    assertThat(code("GetGroup", "GroupName", "g-" + id)).isEqualTo("NoSuchEntity");
    apply(token, "{\"users\": {\"u-$\": {\"path\": \"/mine/\"}}, \"groups\": {\"g-$\": {}}}")
        .statusCode(200);
    apply(token, "{\"users\": {\"u-$\": {\"tags\": {\"a\": \"b\"}}}}")
        .statusCode(403)
        .body("error.message", containsString("iam:TagUser"));
    apply(token, "{\"users\": {\"u-$\": {\"groups\": [\"g-$\"]}}}")
        .statusCode(403)
        .body("error.message", containsString("iam:AddUserToGroup"));
  }

  @Test
  void who_may_not_see_what_there_is_is_not_shown_the_difference() {
    String token =
        signedIn("{\"Effect\": \"Allow\", \"Action\": \"iam:Create*\", \"Resource\": \"*\"}");

    apply(token, "{\"users\": {\"u-$\": {}}}", "?dryRun=true")
        .statusCode(403)
        .body("error.message", containsString("iam:GetAccountAuthorizationDetails"));
    given().contentType("application/json").body("{}").post("/api/apply").then().statusCode(401);
  }

  @Test
  void a_sign_in_without_a_second_factor_changes_nothing() {
    Person person = people.user();
    people.allow(person, EVERYTHING);
    People.ok(
        wire.iam(Key.ADMIN, "CreateLoginProfile", "UserName", person.name(), "Password", PASSWORD));
    String token =
        post(
                "sign-in",
                Map.of("account", People.ACCOUNT, "userName", person.name(), "password", PASSWORD))
            .path("token");

    apply(token, "{}").statusCode(403).body("error.message", containsString("second factor"));
  }

  @Test
  void pruning_takes_what_was_applied_and_never_what_was_made_by_hand() {
    String token = signedIn(EVERYTHING);
    People.ok(wire.iam(Key.ADMIN, "CreateUser", "UserName", "hand-" + id));
    apply(
            token,
            """
            {"users": {"hand-$": {"groups": ["g-$"]}, "gone-$": {"groups": ["g-$"]}},
             "groups": {"g-$": {"inlinePolicies": {"own": %s}}}}
            """
                .formatted(DOCUMENT.formatted("Get*")))
        .statusCode(200);

    List<String> lines = lines(apply(token, "{}", "?prune=true"));

    assertThat(lines)
        .contains(
            "- user hand-" + id + ": group g-" + id,
            "- user gone-" + id + ": group g-" + id,
            "- group g-" + id + ": inline policy own",
            "- user gone-" + id,
            "- group g-" + id)
        .doesNotContain("- user hand-" + id);
    assertThat(code("GetUser", "UserName", "hand-" + id)).isEqualTo("OK");
    assertThat(code("GetUser", "UserName", "gone-" + id)).isEqualTo("NoSuchEntity");
    assertThat(lines(apply(token, "{}", "?prune=true"))).isEmpty();
  }

  @Test
  void a_user_with_credentials_made_by_hand_is_not_pruned() {
    String token = signedIn(EVERYTHING);
    apply(token, "{\"users\": {\"u-$\": {}}}").statusCode(200);
    String credential =
        People.ok(
                wire.iam(
                    Key.ADMIN,
                    "CreateServiceSpecificCredential",
                    "UserName",
                    "u-" + id,
                    "ServiceName",
                    "codecommit.amazonaws.com"))
            .text("ServiceSpecificCredentialId");

    apply(token, "{}", "?prune=true")
        .statusCode(409)
        .body("error.code", equalTo("DeleteConflict"))
        .body("error.message", containsString("[- user u-" + id + "]"));

    People.ok(
        wire.iam(
            Key.ADMIN,
            "DeleteServiceSpecificCredential",
            "UserName",
            "u-" + id,
            "ServiceSpecificCredentialId",
            credential));
    apply(token, "{}", "?prune=true").statusCode(200);
    assertThat(code("GetUser", "UserName", "u-" + id)).isEqualTo("NoSuchEntity");
  }

  @Test
  void what_was_made_again_by_hand_is_not_pruned() {
    String token = signedIn(EVERYTHING);
    apply(
            token,
            "{\"users\": {\"u-$\": {\"managedPolicies\": [\"arn:aws:iam::aws:policy/IAMFullAccess\"]}}}")
        .statusCode(200);
    String[] attachment = {
      "UserName", "u-" + id, "PolicyArn", "arn:aws:iam::aws:policy/IAMFullAccess"
    };
    People.ok(wire.iam(Key.ADMIN, "DetachUserPolicy", attachment));
    People.ok(wire.iam(Key.ADMIN, "AttachUserPolicy", attachment));

    apply(token, "{}", "?prune=true")
        .statusCode(409)
        .body("error.code", equalTo("DeleteConflict"))
        .body("error.message", containsString("[- user u-" + id + "]"));

    People.ok(wire.iam(Key.ADMIN, "DetachUserPolicy", attachment));
    People.ok(wire.iam(Key.ADMIN, "DeleteUser", "UserName", "u-" + id));
    People.ok(wire.iam(Key.ADMIN, "CreateUser", "UserName", "u-" + id));
    apply(token, "{}", "?prune=true").statusCode(200);
    assertThat(code("GetUser", "UserName", "u-" + id)).isEqualTo("OK");
  }

  @Test
  void the_account_has_an_alias_and_a_password_policy_for_as_long_as_the_files_say() {
    String token = signedIn(EVERYTHING);
    String document =
        "{\"accountAlias\": \"alias-$\", \"passwordPolicy\": {\"minimumPasswordLength\": 14}}";

    assertThat(lines(apply(token, document)))
        .contains("+ account alias alias-" + id, "+ password policy");
    assertThat(lines(apply(token, document))).isEmpty();
    assertThat(lines(apply(token, document.replace("14", "16")))).contains("~ password policy");
    assertThat(lines(apply(token, "{}", "?prune=true")))
        .contains("- account alias alias-" + id, "- password policy");
    assertThat(code("GetAccountPasswordPolicy")).isEqualTo("NoSuchEntity");
  }

  @Test
  void what_cannot_be_is_refused_before_anything_is_tried() {
    String token = signedIn(EVERYTHING);
    apply(token, WHOLE).statusCode(200);

    apply(token, "{\"account\": \"999999999999\"}").statusCode(400);
    apply(token, "{\"users\": {\"u\": {\"password\": \"x\"}}}")
        .statusCode(400)
        .body("error.message", containsString("`password` is not known here"));
    apply(token, "{").statusCode(400);
    apply(token, "[".repeat(50)).statusCode(400);
    apply(token, "{\"users\": {\"u-$\": {\"managedPolicies\": [\"nosuch\"]}}}")
        .statusCode(400)
        .body("error.message", containsString("There is no policy named nosuch"));
    apply(token, WHOLE.replace("\"first\"", "\"second\""))
        .statusCode(400)
        .body("error.message", containsString("fixed when it is made"));
    apply(token, "{}").statusCode(200).body("changes", empty());
  }

  @Test
  void every_change_is_in_the_trail() {
    String token = signedIn(EVERYTHING);
    apply(token, "{\"users\": {\"u-$\": {}}, \"groups\": {\"g-$\": {}}}").statusCode(200);
    apply(token, "{\"users\": {\"v-$\": {\"groups\": [\"nobody\"]}}}").statusCode(404);
    People.ok(wire.iam(Key.ADMIN, "GetUser"));
    String auditor =
        signedIn(
            "{\"Effect\": \"Allow\", \"Action\": \"cloudtrail:LookupEvents\", \"Resource\": \"*\"}");

    String trail =
        given().auth().oauth2(auditor).get("/api/audit/events?maxResults=100").asString();

    assertThat(trail)
        .contains("\"userName\":\"u-" + id + "\"", "\"groupName\":\"g-" + id + "\"")
        .contains("NoSuchEntity")
        .contains("GetAccountAuthorizationDetails");
  }

  @Test
  void of_two_applies_at_once_one_makes_a_thousand_changes_and_the_other_finds_them_made()
      throws Exception {
    String token = signedIn(EVERYTHING);
    String many =
        IntStream.range(0, 1000)
            .mapToObj("\"many-$-%d\": {\"tags\": {\"a\": \"b\"}}"::formatted)
            .collect(Collectors.joining(",", "{\"users\": {", "}}"));
    try (var threads = Executors.newFixedThreadPool(2)) {
      Callable<Integer> applying = () -> lines(apply(token, many)).size();

      List<Future<Integer>> answers = threads.invokeAll(List.of(applying, applying));

      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(1000, 0);
    }
    assertThat(lines(apply(token, many))).isEmpty();
    assertThat(lines(apply(token, "{}", "?prune=true"))).hasSizeGreaterThanOrEqualTo(1000);
  }
}
