package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.desired.Desired;
import dev.daypass.desired.DesiredReader;
import dev.daypass.desired.Document;
import dev.daypass.wire.iam.PolicyName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsAccountTest {
  private static final String OURS = "111122223333";

  private static AwsAccount.Taken taken() throws IOException {
    try (var file =
        AwsAccountTest.class.getResourceAsStream("/account-authorization-details.json")) {
      return AwsAccount.read(new String(file.readAllBytes(), StandardCharsets.UTF_8), OURS);
    }
  }

  private static Desired desired() throws IOException {
    return DesiredReader.read(Document.parse("taken", JSON.std.asString(taken().document())));
  }

  @Test
  void what_is_there_is_taken_over_to_our_account() throws IOException {
    Desired desired = desired();

    assertThat(desired.account()).hasValue(OURS);
    assertThat(desired.users()).extracting(user -> user.name().value()).containsExactly("alice");
    assertThat(desired.roles())
        .extracting(role -> role.name().value())
        .containsExactly("base", "deploy");
    assertThat(desired.policies())
        .extracting(policy -> policy.name().value())
        .containsExactly("artifacts", "developer-boundary");
    assertThat(desired.toString()).doesNotContain("iam::999988887777", "\"999988887777\"");
  }

  @Test
  void documents_are_decoded_and_the_default_version_is_the_one() throws IOException {
    Desired desired = desired();

    assertThat(
            desired
                .groups()
                .getFirst()
                .permissions()
                .inline()
                .orElseThrow()
                .get(new PolicyName("assume"))
                .value())
        .startsWith("{\"Version\": \"2012-10-17\"")
        .contains("arn:aws:iam::111122223333:role/deploy");
    // A bucket's name is not an account.
    assertThat(desired.policies().getFirst().document().value())
        .contains("s3:GetObject", "artifacts-999988887777")
        .doesNotContain("s3:Get*");
  }

  @Test
  void what_is_not_taken_over_is_told_with_its_reason() throws IOException {
    assertThat(taken().left())
        .anyMatch(line -> line.startsWith("role AWSServiceRoleForAutoScaling: it is linked"))
        .anyMatch(line -> line.contains("policy/AmazonS3ReadOnlyAccess: it is not here"))
        .anyMatch(line -> line.startsWith("policy broken: "))
        .anyMatch(line -> line.startsWith("user ci: its boundary"))
        .anyMatch(line -> line.startsWith("role partner: it trusts arn:aws:iam::444455556666"))
        .anyMatch(line -> line.startsWith("role after-partner: it trusts"))
        .anyMatch(line -> line.startsWith("passwords, access keys"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"Users\": []}", "not json"})
  void another_file_is_refused(String text) {
    assertThatThrownBy(() -> AwsAccount.read(text, OURS)).isInstanceOf(Stop.class);
  }
}
