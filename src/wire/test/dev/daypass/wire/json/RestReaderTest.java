package dev.daypass.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.rolesanywhere.CertificateField;
import dev.daypass.wire.rolesanywhere.CreateSession;
import dev.daypass.wire.rolesanywhere.ProfileMessages.DeleteAttributeMapping;
import dev.daypass.wire.rolesanywhere.ProfileMessages.UpdateProfile;
import dev.daypass.wire.rolesanywhere.Specifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestReaderTest {
  private static final String ID = "9e99a48a-9960-4b14-926b-b7f3b02e22da";
  private static final String QUERY =
      "profileArn=arn%3Aaws%3Arolesanywhere%3Aus-east-1%3A111122223333%3Aprofile%2Fp"
          + "&roleArn=arn:aws:iam::111122223333:role/r"
          + "&trustAnchorArn=arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a";

  private static <T> T read(Class<T> type, Map<String, String> labels, String query, String body) {
    return RestReader.read(
        type, labels, query, body.getBytes(StandardCharsets.UTF_8), ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void a_member_is_read_where_it_stands() {
    CreateSession read =
        read(
            CreateSession.class,
            Map.of(),
            QUERY,
            "{\"durationSeconds\": 900, \"instanceProperties\": {\"a\": \"b\"}}");

    assertThat(read.profileArn().value())
        .isEqualTo("arn:aws:rolesanywhere:us-east-1:111122223333:profile/p");
    assertThat(read.durationSeconds())
        .hasValueSatisfying(is -> assertThat(is.value()).isEqualTo(900));
    assertThat(read.instanceProperties()).containsExactly(Map.entry("a", "b"));
  }

  @Test
  void a_parameter_that_comes_again_is_one_more_element_of_its_list() {
    DeleteAttributeMapping read =
        read(
            DeleteAttributeMapping.class,
            Map.of("profileId", ID),
            "certificateField=x509SAN&specifiers=DNS&specifiers=Name%2F*",
            "");

    assertThat(read.profileId().value()).isEqualTo(ID);
    assertThat(read.certificateField()).isEqualTo(CertificateField.SAN);
    assertThat(read.specifiers()).isEqualTo(List.of(new Specifier("DNS"), new Specifier("Name/*")));
  }

  @Test
  void what_is_absent_is_not_what_is_empty() {
    assertThat(read(UpdateProfile.class, Map.of("profileId", ID), "", "{}").managedPolicyArns())
        .isEmpty();
    assertThat(
            read(UpdateProfile.class, Map.of("profileId", ID), "", "{\"managedPolicyArns\": []}")
                .managedPolicyArns())
        .contains(List.of());
  }

  @Test
  void a_list_that_may_be_absent_is_bounded_too() {
    String arn = "\"arn:aws:iam::aws:policy/p\"";
    assertThatThrownBy(
            () ->
                read(
                    UpdateProfile.class,
                    Map.of("profileId", ID),
                    "",
                    "{\"managedPolicyArns\": [" + (arn + ",").repeat(50) + arn + "]}"))
        .hasMessageContaining("'managedPolicyArns' failed")
        .hasMessageContaining("Member must have length less than or equal to 50");
  }

  /// A member that stands elsewhere than it should is not there.
  @ParameterizedTest
  @ValueSource(strings = {"durationSeconds=900", "profileId=" + ID, "certificateField=x509SAN"})
  void nothing_is_read_where_it_does_not_belong(String parameter) {
    CreateSession read = read(CreateSession.class, Map.of(), QUERY + "&" + parameter, "{}");

    assertThat(read.durationSeconds()).isEmpty();
  }

  @Test
  void a_value_that_is_said_twice_is_refused() {
    assertThatThrownBy(
            () ->
                read(
                    CreateSession.class,
                    Map.of(),
                    QUERY + "&roleArn=arn:aws:iam::111122223333:role/other",
                    "{}"))
        .hasMessageContaining("'roleArn' failed to satisfy constraint: Member must not be given");
  }

  @Test
  void a_member_of_the_query_is_not_taken_from_the_body() {
    assertThatThrownBy(
            () ->
                read(
                    CreateSession.class,
                    Map.of(),
                    "",
                    "{\"roleArn\": \"arn:aws:iam::111122223333:role/r\"}"))
        .hasMessageContaining("Value null at 'roleArn'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"roleArn=%", "roleArn=%zz", "roleArn=%ff%fe"})
  void bad_escapes_are_refused(String query) {
    assertThatThrownBy(() -> read(CreateSession.class, Map.of(), query, "{}"))
        .hasMessageContaining("The query string contains a syntax error");
  }

  @Test
  void a_refusal_is_not_as_long_as_what_it_refuses() {
    assertThatThrownBy(
            () ->
                read(
                    CreateSession.class,
                    Map.of(),
                    QUERY,
                    "{\"roleSessionName\": \"" + "x".repeat(100_000) + "\"}"))
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(1200));
  }
}
