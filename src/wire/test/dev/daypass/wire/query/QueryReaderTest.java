package dev.daypass.wire.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.AtMost;
import dev.daypass.wire.Blob;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Named;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.CredentialMessages.ChangePassword;
import dev.daypass.wire.iam.CredentialMessages.UpdateAccessKey;
import dev.daypass.wire.iam.RoleMessages.CreateRole;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.sts.AssumeRole;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {
  record Everything(
      String text,
      Optional<Integer> number,
      Optional<Boolean> flag,
      Optional<Instant> time,
      Optional<Blob> bytes,
      Optional<Secret> hidden,
      @AtMost(2) List<String> list,
      Map<String, String> map,
      List<Nested> nested,
      @Named("ODDName") Optional<String> oddName) {}

  record Nested(String key, List<String> values) {}

  @Test
  void reads_every_shape() {
    Everything read =
        read(
            Everything.class,
            "Text=a+b%20c&Number=7&Flag=true&Time=2026-01-02T03:04:05Z&Bytes=aGk%3D&Hidden=h"
                + "&List.member.1=x&List.member.2=y&Map.entry.1.key=k&Map.entry.1.value=v"
                + "&Nested.member.1.Key=n&Nested.member.1.Values.member.1=1&ODDName=o");

    assertThat(read.text()).isEqualTo("a b c");
    assertThat(read.number()).contains(7);
    assertThat(read.flag()).contains(true);
    assertThat(read.time()).contains(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(read.bytes().orElseThrow().bytes()).isEqualTo("hi".getBytes());
    assertThat(read.hidden()).contains(Secret.of("h"));
    assertThat(read.list()).containsExactly("x", "y");
    assertThat(read.map()).containsExactly(Map.entry("k", "v"));
    assertThat(read.nested()).containsExactly(new Nested("n", List.of("1")));
    assertThat(read.oddName()).contains("o");
  }

  @Test
  void holes_in_lists_close_and_numbers_are_numbers() {
    assertThat(read(Everything.class, "Text=t&List.member.10=b&List.member.9=a").list())
        .containsExactly("a", "b");
  }

  @Test
  void an_empty_list_may_be_said() {
    assertThat(read(Everything.class, "Text=t&List=").list()).isEmpty();
  }

  @Test
  void a_name_that_begins_alike_is_another_name() {
    AssumeRole read =
        read(
            AssumeRole.class,
            "RoleArn=arn:aws:iam::111122223333:role/r&RoleSessionName=s1"
                + "&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/AdministratorAccess");

    assertThat(read.policy()).isEmpty();
    assertThat(read.policyArns()).hasSize(1);
  }

  @Test
  void everything_wrong_is_told_at_once_in_the_words_of_aws() {
    var refusal =
        refusal(
            CreateRole.class,
            "RoleName=a%20b&MaxSessionDuration=1&Tags.member.1.Key=&Tags.member.1.Value=v");

    assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(refusal.text())
        .isEqualTo(
            "4 validation errors detected: "
                + "Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+; "
                + "Value null at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null; "
                + "Value '1' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600; "
                + "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1");
  }

  @Test
  void an_enum_names_its_values() {
    assertThat(refusal(UpdateAccessKey.class, "AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=Off").text())
        .endsWith("Member must satisfy enum value set: [Active, Inactive, Expired]");
  }

  @Test
  void a_list_has_its_limit() {
    assertThat(
            refusal(Everything.class, "Text=t&List.member.1=a&List.member.2=b&List.member.3=c")
                .text())
        .contains(
            "at 'list' failed to satisfy constraint: Member must have length less than or equal to 2");
  }

  @Test
  void a_secret_is_not_repeated() {
    assertThat(refusal(ChangePassword.class, "OldPassword=%01hush&NewPassword=secret").text())
        .contains("Value at 'oldPassword' failed")
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Text=%",
        "Text=%4",
        "Text=%zz",
        "Text=%ff%fe",
        "Text=a&Text=b",
        "Text=a&%54ext=b"
      })
  void a_form_that_can_be_read_two_ways_is_refused(String form) {
    var refusal = catchThrowableOfType(ApiError.class, () -> Form.parse(form));

    assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_QUERY_STRING);
  }

  @Test
  void a_form_has_a_limit() {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      form.append("&a").append(i).append('=');
    }

    assertThat(catchThrowableOfType(ApiError.class, () -> Form.parse(form.toString())).code())
        .isEqualTo(ErrorCode.MALFORMED_QUERY_STRING);
  }

  @Test
  void noise_is_read_or_refused_and_never_fails_otherwise() {
    Random random = new Random(3);
    String[] pieces = {
      "Tags",
      ".member.",
      "1",
      "99999",
      "Key",
      "Value",
      "=",
      "&",
      "%41",
      "+",
      "RoleName",
      ".",
      "é",
      "\0",
      "-1"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder form = new StringBuilder();
      for (int n = random.nextInt(30); n > 0; n--) {
        form.append(pieces[random.nextInt(pieces.length)]);
      }
      try {
        read(CreateRole.class, form.toString());
      } catch (ApiError refusal) {
        assertThat(refusal.code().status()).isEqualTo(400);
      }
    }
  }

  @Test
  void tags_are_read_with_their_rules() {
    CreateRole read =
        read(
            CreateRole.class,
            "RoleName=r&AssumeRolePolicyDocument=%7B%7D&Tags.member.1.Key=team&Tags.member.1.Value=");

    assertThat(read.tags())
        .extracting(Tag::key)
        .extracting(Object::toString)
        .containsExactly("team");
  }

  private static <T> T read(Class<T> type, String form) {
    return QueryReader.read(type, Form.parse(form));
  }

  private static ApiError refusal(Class<?> type, String form) {
    return catchThrowableOfType(ApiError.class, () -> read(type, form));
  }
}
