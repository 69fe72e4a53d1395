package dev.daypass.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.AtMost;
import dev.daypass.wire.Blob;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Named;
import dev.daypass.wire.Secret;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.iam.MaxItems;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  record Everything(
      String text,
      Optional<Integer> number,
      Optional<Boolean> flag,
      Optional<Instant> time,
      Optional<Blob> bytes,
      Optional<Secret> hidden,
      Optional<RoleName> name,
      Optional<MaxItems> most,
      Optional<Status> status,
      @AtMost(2) List<String> list,
      Map<String, String> map,
      List<Nested> nested,
      @Named("ODDName") Optional<String> oddName) {}

  record Nested(String key, List<String> values) {}

  private static final String WHOLE =
      """
      {"Text": "a b", "Number": 7, "Flag": true, "Time": 1767323045.5, "Bytes": "aGk=",
       "Hidden": "h", "Name": "deploy", "Most": 5, "Status": "Active", "List": ["x", "y"],
       "Map": {"k": "v"}, "Nested": [{"Key": "n", "Values": ["1"]}], "ODDName": "o",
       "Unknown": [{"deep": null}]}
      """;

  private static Everything read(String body) {
    return read(body, Naming.UPPER_CAMEL);
  }

  private static Everything read(String body, Naming naming) {
    return JsonReader.read(
        Everything.class, body.getBytes(StandardCharsets.UTF_8), naming, ErrorCode.INVALID_INPUT);
  }

  private static ApiError refused(String body) {
    return catchThrowableOfType(ApiError.class, () -> read(body));
  }

  @Test
  void reads_every_shape_and_ignores_what_it_does_not_know() {
    Everything read = read(WHOLE);

    assertThat(read.text()).isEqualTo("a b");
    assertThat(read.number()).contains(7);
    assertThat(read.flag()).contains(true);
    assertThat(read.time()).contains(Instant.parse("2026-01-02T03:04:05.500Z"));
    assertThat(read.bytes().orElseThrow().bytes()).isEqualTo("hi".getBytes());
    assertThat(read.hidden()).contains(Secret.of("h"));
    assertThat(read.name()).contains(new RoleName("deploy"));
    assertThat(read.most()).contains(new MaxItems(5));
    assertThat(read.status()).contains(Status.ACTIVE);
    assertThat(read.list()).containsExactly("x", "y");
    assertThat(read.map()).containsExactly(Map.entry("k", "v"));
    assertThat(read.nested()).containsExactly(new Nested("n", List.of("1")));
    assertThat(read.oddName()).contains("o");
  }

  @Test
  void what_was_written_is_read_again_however_members_are_spelled() {
    Everything before = read(WHOLE);

    for (Naming naming : Naming.values()) {
      Everything after = read(JsonAnswer.success(before, naming), naming);

      assertThat(after).usingRecursiveComparison().ignoringFields("bytes").isEqualTo(before);
    }
  }

  @Test
  void members_of_newer_services_begin_in_lower_case() {
    assertThat(read("{\"text\": \"t\", \"Number\": 7}", Naming.LOWER_CAMEL).number()).isEmpty();
  }

  @Test
  void null_is_as_good_as_nothing() {
    Everything read = read("{\"Text\": \"t\", \"Number\": null, \"List\": null, \"Map\": null}");

    assertThat(read.number()).isEmpty();
    assertThat(read.list()).isEmpty();
    assertThat(read.map()).isEmpty();
  }

  @Test
  void everything_wrong_is_told_at_once() {
    ApiError refusal =
        refused(
            """
            {"Name": "a b", "Most": 0, "Status": "active", "List": ["1", "2", "3"],
             "Nested": [{"Key": "k"}, {"Values": []}], "Time": 1e400}
            """);

    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(refusal.text())
        .startsWith("7 validation errors detected: ")
        .contains("Value null at 'text' failed to satisfy constraint: Member must not be null")
        .contains("Value 'a b' at 'name'")
        .contains("Value '0' at 'most'")
        .contains("Value '1e400' at 'time'")
        .contains("Value 'active' at 'status'")
        .contains("at 'list'")
        .contains("Value null at 'nested.2.member.key'");
  }

  @Test
  void a_secret_is_not_told_back() {
    assertThat(refused("{\"Hidden\": \"password\"}").text()).doesNotContain("password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "\"\"",
        "7",
        " ",
        "{} {}",
        "{\"Text\": \"a\", \"Text\": \"b\"}",
        "{\"Text\": 7}",
        "{\"Text\": {}}",
        "{\"Text\": \"t\", \"Number\": \"7\"}",
        "{\"Text\": \"t\", \"Flag\": \"true\"}",
        "{\"Text\": \"t\", \"Time\": \"2026-01-02T03:04:05Z\"}",
        "{\"Text\": \"t\", \"List\": \"x\"}",
        "{\"Text\": \"t\", \"List\": {\"1\": \"x\"}}",
        "{\"Text\": \"t\", \"Nested\": [\"x\"]}",
        "{\"Text\": \"t\", \"Map\": [\"k\"]}",
        "{\"Text\": \"t\", \"Map\": {\"k\": 1}}",
        "{'Text': 't'}",
        "{\"Text\": \"t\",}"
      })
  void what_is_no_message_of_ours_is_refused(String body) {
    assertThat(refused(body).code()).isEqualTo(ErrorCode.SERIALIZATION);
  }

  @Test
  void depth_is_bounded_even_where_nobody_looks() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThat(refused("{\"Text\": \"t\", \"Unknown\": " + deep + "}").code())
        .isEqualTo(ErrorCode.SERIALIZATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e9", "1.5", "99999999999", "-1e99999999"})
  void a_number_that_is_none_of_ours_is_told(String number) {
    assertThat(refused("{\"Text\": \"t\", \"Number\": " + number + "}").code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  @Test
  void noise_is_refused_and_nothing_worse() {
    Random random = new Random(7);
    byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = whole.clone();
      for (int n = 0; n < 3; n++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        JsonReader.read(Everything.class, body, Naming.UPPER_CAMEL, ErrorCode.INVALID_INPUT);
      } catch (ApiError refusal) {
        assertThat(refusal.code()).isIn(ErrorCode.SERIALIZATION, ErrorCode.INVALID_INPUT);
      }
    }
  }

  @Test
  void an_empty_body_is_an_empty_message() {
    assertThat(refused("").code()).isEqualTo(ErrorCode.INVALID_INPUT);
  }

  @Test
  void refusals_have_the_names_that_clients_of_json_know() {
    assertThat(
            JsonAnswer.failure(
                ErrorCode.ACCESS_DENIED.error("no").with("reason", "WHY"), Naming.UPPER_CAMEL))
        .isEqualTo("{\"__type\":\"AccessDeniedException\",\"Message\":\"no\",\"Reason\":\"WHY\"}");
    assertThat(
            JsonAnswer.failure(ErrorCode.SIGNATURE_DOES_NOT_MATCH.error("no"), Naming.LOWER_CAMEL))
        .isEqualTo("{\"__type\":\"InvalidSignatureException\",\"message\":\"no\"}");
  }
}
