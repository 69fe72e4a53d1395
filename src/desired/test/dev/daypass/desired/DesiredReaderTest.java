package dev.daypass.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesiredReaderTest {
  private static Desired read(String text) {
    return DesiredReader.read(Document.parse("iam.yaml", text));
  }

  @Test
  void yaml_and_json_say_the_same() {
    Desired yaml =
        read(
            """
            account: "111122223333"
            users:
              alice:
                path: /people/
                tags: {team: payments, floor: 3}
                permissionsBoundary: bound
                groups: [developers]
                managedPolicies: []
                inlinePolicies:
                  own: {Version: 2012-10-17, Statement: {Effect: Allow, Action: 's3:*', Resource: '*'}}
            """);
    Desired json =
        DesiredReader.read(
            Document.parse(
                "iam.json",
                """
                {"account": "111122223333", "users": {"alice": {"path": "/people/",
                 "tags": {"team": "payments", "floor": 3}, "permissionsBoundary": "bound",
                 "groups": ["developers"], "managedPolicies": [], "inlinePolicies": {"own":
                  {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}}}}
                """));

    assertThat(yaml).isEqualTo(json);
    assertThat(yaml.users().getFirst().permissions().inline().orElseThrow().values())
        .first()
        .hasFieldOrPropertyWithValue(
            "value",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}");
  }

  @Test
  void nothing_said_is_not_the_same_as_none() {
    Desired.User silent = read("users:\n  a:\n").users().getFirst();
    Desired.User none =
        read("users:\n  a: {permissionsBoundary: null, groups: []}\n").users().getFirst();

    assertThat(silent.boundary()).isInstanceOf(Wish.AsItIs.class);
    assertThat(silent.groups()).isEmpty();
    assertThat(none.boundary()).isInstanceOf(Wish.None.class);
    assertThat(none.groups()).hasValue(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "users: {a: {pasword: x}}|iam.yaml:1:22: `pasword` is not known here",
        "users: {a: {password: x}}|`password` is not known here",
        "user: {}|iam.yaml:1:7: `user` is not known here",
        "users: [a]|iam.yaml:1:8: names with values were expected",
        "users: {'a b': {}}|iam.yaml:1:16: `a b`: Member must satisfy regular expression",
        "users: {a: {groups: b}}|iam.yaml:1:21: a list was expected",
        "users: {a: {}, a: {}}|iam.yaml:1:16: `a` is said twice",
        "users: {a: {}, A: {}}|users A was said in iam.yaml before",
        "users: {a: &x {}, b: *x}|iam.yaml:1:12: anchors and aliases are not read",
        "users: {a: !!java/object {}}|iam.yaml:1:12: tags (!) are not read",
        "users: {a: {path: people}}|`path`: Member must satisfy",
        "users: {a: {permissionsBoundary: 'arn:x'}}|`permissionsBoundary`: Invalid ARN",
        "roles: {r: {}}|iam.yaml:1:12: `trustPolicy` is missing",
        "roles: {r: {trustPolicy: [1]}}|`trustPolicy`: a policy was expected",
        "roles: {r: {trustPolicy: '{}', maxSessionDuration: 5}}|greater than or equal to 3600",
        "roles: {r: {trustPolicy: '{}', maxSessionDuration: x}}|a number was expected",
        "passwordPolicy: {requireSymbols: maybe}|true or false was expected",
        "account: 12|`account`: 12 digits were expected",
        "users: {a: [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}|nested too deeply",
        "users: {a: |iam.yaml:",
        "? [a]\\n: b|a name was expected",
      })
  void what_cannot_be_meant_is_refused_with_its_place(String text, String refusal) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(refusal);
  }

  @Test
  void a_small_file_cannot_become_a_large_one() {
    StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (char c = 'b'; c < 'j'; c++) {
      bomb.append("%c: &%c [*%c,*%c,*%c]\n".formatted(c, c, c - 1, c - 1, c - 1));
    }

    assertThatThrownBy(() -> read(bomb.toString())).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> read("[".repeat(500_000))).isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> read("- ".repeat(300_000))).isInstanceOf(Malformed.class);
  }

  @Test
  void documents_are_the_same_whatever_their_order_and_white_space() {
    assertThat(JsonText.same("{\"a\": 1, \"b\": [true]}", "{\"b\":[true],\"a\":1}")).isTrue();
    assertThat(JsonText.same("{\"a\": [1, 2]}", "{\"a\": [2, 1]}")).isFalse();
    assertThat(JsonText.same("{\"a\": \"é\"}", "{\"a\": \"\\u00e9\"}")).isTrue();
    assertThat(JsonText.same("{", "[")).isFalse();
  }
}
