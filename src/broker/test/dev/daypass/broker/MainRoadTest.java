package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Device;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The main job: a caller proves itself with key and code, gets a session, and uses it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class MainRoadTest {
  @TestHTTPResource URI server;
  private Wire wire;
  private People people;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
  }

  private String roleWantingMfa(Person person) {
    return people.role(
        """
        {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole", "Condition": {
          "Bool": {"aws:MultiFactorAuthPresent": "true"}, "NumericLessThan": {"aws:MultiFactorAuthAge": "300"}}}
        """
            .formatted(person.arn()));
  }

  private Reply assume(Key key, String role, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "RoleArn";
    all[1] = role;
    all[2] = "RoleSessionName";
    all[3] = "s1";
    System.arraycopy(more, 0, all, 4, more.length);
    return wire.sts(key, "AssumeRole", all);
  }

  @Test
  void a_role_that_wants_mfa_is_refused_without_a_code_and_given_with_one_once() {
    Person alice = people.user();
    Device device = people.device(alice);
    String role = roleWantingMfa(alice);
    String code = device.freshCode();

    Reply without = assume(alice.key(), role);
    Reply with =
        assume(alice.key(), role, "SerialNumber", device.serialNumber(), "TokenCode", code);
    Reply again =
        assume(alice.key(), role, "SerialNumber", device.serialNumber(), "TokenCode", code);

    assertThat(without.status()).isEqualTo(403);
    assertThat(without.message())
        .isEqualTo(
            "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                .formatted(alice.arn(), role));
    assertThat(with.status()).isEqualTo(200);
    assertThat(again.message())
        .isEqualTo("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
    assertThat(wire.sts(with.credentials(), "GetCallerIdentity").text("Arn"))
        .isEqualTo(role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/s1");
  }

  @Test
  void one_code_used_a_hundred_times_at_once_works_once() throws Exception {
    Person alice = people.user();
    Device device = people.device(alice);
    String role = roleWantingMfa(alice);
    String code = device.freshCode();
    Callable<Integer> attempt =
        () ->
            assume(alice.key(), role, "SerialNumber", device.serialNumber(), "TokenCode", code)
                .status();

    List<Integer> statuses;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      statuses =
          threads.invokeAll(java.util.Collections.nCopies(100, attempt)).stream()
              .map(MainRoadTest::get)
              .toList();
    }

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status >= 500).isEmpty();
  }

  private static int get(Future<Integer> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void guessing_codes_is_stopped() {
    Person alice = people.user();
    Device device = people.device(alice);
    String role = roleWantingMfa(alice);
    Reply last = null;

    for (int i = 0; i < 15; i++) {
      last =
          assume(
              alice.key(),
              role,
              "SerialNumber",
              device.serialNumber(),
              "TokenCode",
              "%06d".formatted(i));
    }

    assertThat(last.code()).isEqualTo("Throttling");
    assertThat(
            assume(
                    alice.key(),
                    role,
                    "SerialNumber",
                    device.serialNumber(),
                    "TokenCode",
                    device.freshCode())
                .code())
        .isEqualTo("Throttling");
  }

  @Test
  void a_code_is_six_digits_and_nothing_else() {
    Person alice = people.user();
    Device device = people.device(alice);
    String role = roleWantingMfa(alice);
    String code = device.freshCode();

    for (String twisted : List.of(" " + code, code + " ", code + "0", "１２３４５６", "+" + code, "")) {
      Reply reply =
          assume(alice.key(), role, "SerialNumber", device.serialNumber(), "TokenCode", twisted);

      assertThat(reply.code()).as(twisted).isEqualTo("ValidationError");
    }
  }

  @Test
  void a_code_of_someone_elses_device_is_none() {
    Person alice = people.user();
    Device ofBob = people.device(people.user());

    Reply reply =
        assume(
            alice.key(),
            roleWantingMfa(alice),
            "SerialNumber",
            ofBob.serialNumber(),
            "TokenCode",
            ofBob.freshCode());

    assertThat(reply.message())
        .isEqualTo(
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.");
  }

  @Test
  void a_session_token_with_mfa_opens_the_role_too() {
    Person alice = people.user();
    Device device = people.device(alice);
    String role = roleWantingMfa(alice);

    Reply plain = wire.sts(alice.key(), "GetSessionToken");
    Reply proven =
        wire.sts(
            alice.key(),
            "GetSessionToken",
            "SerialNumber",
            device.serialNumber(),
            "TokenCode",
            device.freshCode());

    assertThat(assume(plain.credentials(), role).status()).isEqualTo(403);
    assertThat(assume(proven.credentials(), role).status()).isEqualTo(200);
    TestClock.forward(Duration.ofMinutes(6));
    assertThat(assume(proven.credentials(), role).status()).isEqualTo(403);
  }

  @Test
  void a_session_dies_at_its_expiry() {
    Person alice = people.user();
    Key session =
        assume(alice.key(), people.role(People.trusting(alice)), "DurationSeconds", "900")
            .credentials();

    assertThat(wire.sts(session, "GetCallerIdentity").status()).isEqualTo(200);
    TestClock.forward(Duration.ofSeconds(901));
    Reply dead = wire.sts(session, "GetCallerIdentity");

    assertThat(dead.code()).isEqualTo("ExpiredToken");
    assertThat(dead.message()).isEqualTo("The security token included in the request is expired");
  }

  @Test
  void a_session_policy_narrows_and_never_widens() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    String policy =
        People.document(
            """
            {"Effect": "Allow", "Action": ["iam:ListUsers", "s3:*"], "Resource": "*"}
            """);

    Reply assumed = assume(alice.key(), role, "Policy", policy);
    Key session = assumed.credentials();

    int size = assumed.text("SessionToken").length();
    assertThat(assumed.text("SessionTokenSize")).isEqualTo(Integer.toString(size));
    assertThat(assumed.text("SessionTokenUtilization"))
        .isEqualTo(Integer.toString(Math.ceilDiv(size * 100, 4096)))
        .isEqualTo(assumed.text("PackedPolicySize"));
    assertThat(wire.iam(session, "ListUsers").status()).isEqualTo(200);
    assertThat(wire.iam(session, "ListRoles").message())
        .endsWith("because no session policy allows the iam:ListRoles action");
  }

  @Test
  void a_token_is_as_large_as_it_is_asked_to_be_and_no_larger_than_tokens_may_be() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));

    for (int size : List.of(1500, 1501, 1502, 1503, 4080)) {
      Reply filled = assume(alice.key(), role, "MinimumSessionTokenSize", Integer.toString(size));
      assertThat(filled.text("SessionToken").length()).isBetween(size, size + 16);
      assertThat(wire.sts(filled.credentials(), "GetCallerIdentity").status()).isEqualTo(200);
    }
    Reply whole = wire.sts(alice.key(), "GetSessionToken", "MinimumSessionTokenSize", "2000");
    assertThat(whole.text("SessionToken").length()).isBetween(2000, 2016);

    assertThat(assume(alice.key(), role, "MinimumSessionTokenSize", "4097").code())
        .isEqualTo("ValidationError");
    assertThat(assume(alice.key(), role, manyTags()).code()).isEqualTo("PackedPolicyTooLarge");
  }

  private static String[] manyTags() {
    return IntStream.range(0, 50)
        .boxed()
        .flatMap(
            n ->
                Stream.of(
                    "Tags.member." + (n + 1) + ".Key",
                    "key-" + n,
                    "Tags.member." + (n + 1) + ".Value",
                    UUID.randomUUID().toString() + UUID.randomUUID()))
        .toArray(String[]::new);
  }

  @Test
  void managed_policies_narrow_a_session_too() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    Key session =
        assume(
                alice.key(),
                role,
                "PolicyArns.member.1.arn",
                "arn:aws:iam::aws:policy/IAMReadOnlyAccess")
            .credentials();

    assertThat(wire.iam(session, "ListUsers").status()).isEqualTo(200);
    assertThat(wire.iam(session, "CreateUser", "UserName", "mallory").status()).isEqualTo(403);
    assertThat(
            assume(
                    alice.key(),
                    role,
                    "PolicyArns.member.1.arn",
                    "arn:aws:iam::aws:policy/NoSuchPolicy")
                .code())
        .isEqualTo("ValidationError");
  }

  @Test
  void an_explicit_deny_beats_everything() {
    Person alice = people.user();
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Sid": "NoUsers", "Effect": "Deny", "Action": "iam:*User*", "Resource": "*"}
        """);

    Reply denied = wire.iam(alice.key(), "ListUsers");

    assertThat(denied.message())
        .isEqualTo(
            "User: %s is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::%s:user/ with an explicit deny in an identity-based policy"
                .formatted(alice.arn(), People.ACCOUNT));
    assertThat(wire.iam(alice.key(), "ListRoles").status()).isEqualTo(200);
  }

  @Test
  void why_is_told_to_those_who_may_decode_it() {
    Person alice = people.user();
    Reply denied = wire.iam(alice.key(), "ListUsers");
    String sealed =
        denied.raw().headers().firstValue("x-daypass-authorization-message").orElseThrow();

    Reply told = wire.sts(Key.ADMIN, "DecodeAuthorizationMessage", "EncodedMessage", sealed);
    Reply refused = wire.sts(alice.key(), "DecodeAuthorizationMessage", "EncodedMessage", sealed);
    Reply forged =
        wire.sts(Key.ADMIN, "DecodeAuthorizationMessage", "EncodedMessage", sealed + "x");

    assertThat(told.text("DecodedMessage"))
        .contains("\"allowed\":false", "\"action\":\"iam:ListUsers\"", alice.arn())
        .contains("\"explanation\":", "\"addAllowTo\":\"IDENTITY\"");
    assertThat(refused.code()).isEqualTo("AccessDenied");
    assertThat(forged.code()).isEqualTo("InvalidAuthorizationMessageException");
  }

  @Test
  void chained_roles_last_an_hour_at_most_and_carry_what_is_transitive() {
    Person alice = people.user();
    String first = people.role(People.trusting(alice), "43200");
    String second =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
             "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red", "aws:SourceIdentity": "alice"}}}
            """
                .formatted(first),
            "43200");
    Key session =
        assume(
                alice.key(),
                first,
                "Tags.member.1.Key",
                "team",
                "Tags.member.1.Value",
                "red",
                "TransitiveTagKeys.member.1",
                "team",
                "SourceIdentity",
                "alice")
            .credentials();

    assertThat(assume(session, second, "DurationSeconds", "3601").message())
        .isEqualTo(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
    assertThat(assume(session, second).text("SourceIdentity")).isEqualTo("alice");
    assertThat(assume(session, second, "SourceIdentity", "mallory").status()).isEqualTo(403);
    assertThat(
            assume(session, second, "Tags.member.1.Key", "Team", "Tags.member.1.Value", "blue")
                .code())
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void a_duration_is_bounded_by_the_role() {
    Person alice = people.user();

    assertThat(
            assume(alice.key(), people.role(People.trusting(alice)), "DurationSeconds", "3601")
                .message())
        .isEqualTo(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }

  @Test
  void an_external_id_is_compared() {
    Person alice = people.user();
    String role =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
             "Condition": {"StringEquals": {"sts:ExternalId": "customer-7"}}}
            """
                .formatted(alice.arn()));

    assertThat(assume(alice.key(), role, "ExternalId", "customer-7").status()).isEqualTo(200);
    assertThat(assume(alice.key(), role, "ExternalId", "customer-8").status()).isEqualTo(403);
    assertThat(assume(alice.key(), role).status()).isEqualTo(403);
  }

  @Test
  void a_role_that_trusts_the_account_needs_the_callers_policy_too() {
    Person alice = people.user();
    String role =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}
            """
                .formatted(People.ACCOUNT));

    assertThat(assume(alice.key(), role).status()).isEqualTo(403);
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "%s"}
        """
            .formatted(role));
    assertThat(assume(alice.key(), role).status()).isEqualTo(200);
  }

  @Test
  void a_role_made_again_under_its_name_does_not_revive_old_sessions_nor_inherit_trust() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    String name = role.substring(role.lastIndexOf('/') + 1);
    Key session = assume(alice.key(), role).credentials();
    People.ok(
        wire.iam(
            Key.ADMIN,
            "DetachRolePolicy",
            "RoleName",
            name,
            "PolicyArn",
            "arn:aws:iam::aws:policy/IAMFullAccess"));
    People.ok(wire.iam(Key.ADMIN, "DeleteRole", "RoleName", name));

    Reply afterDeletion = wire.sts(session, "GetCallerIdentity");
    People.ok(
        wire.iam(
            Key.ADMIN,
            "CreateRole",
            "RoleName",
            name,
            "AssumeRolePolicyDocument",
            People.document(People.trusting(alice))));
    Reply afterRevival = wire.sts(session, "GetCallerIdentity");

    assertThat(afterDeletion.code()).isEqualTo("InvalidClientTokenId");
    assertThat(afterRevival.code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_user_made_again_under_its_name_is_not_trusted_as_the_old_one() {
    Person alice = people.user();
    String role = people.role(People.trusting(alice));
    People.ok(
        wire.iam(
            Key.ADMIN,
            "DeleteAccessKey",
            "UserName",
            alice.name(),
            "AccessKeyId",
            alice.key().id()));
    People.ok(wire.iam(Key.ADMIN, "DeleteUser", "UserName", alice.name()));
    People.ok(wire.iam(Key.ADMIN, "CreateUser", "UserName", alice.name()));
    Reply key = wire.iam(Key.ADMIN, "CreateAccessKey", "UserName", alice.name());
    Key another =
        new Key(key.text("AccessKeyId"), key.text("SecretAccessKey"), java.util.Optional.empty());

    assertThat(assume(another, role).status()).isEqualTo(403);
  }

  @Test
  void a_change_is_felt_at_once() {
    Person alice = people.user();
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"}
        """);
    assertThat(wire.iam(alice.key(), "ListUsers").status()).isEqualTo(200);

    People.ok(
        wire.iam(
            Key.ADMIN,
            "UpdateAccessKey",
            "UserName",
            alice.name(),
            "AccessKeyId",
            alice.key().id(),
            "Status",
            "Inactive"));

    assertThat(wire.iam(alice.key(), "ListUsers").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_key_tells_its_account() {
    Person alice = people.user();

    assertThat(
            wire.sts(Key.ADMIN, "GetAccessKeyInfo", "AccessKeyId", alice.key().id())
                .text("Account"))
        .isEqualTo(People.ACCOUNT);
  }
}
