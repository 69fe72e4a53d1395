package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PolicyCommandTest {
  private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
  private static final String READ =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::reports/*",
         "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String read = "";

  @BeforeEach
  void write() throws IOException {
    read = file("read.json", READ);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line =
        Daypass.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "policy";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return line.execute(all);
  }

  @Test
  void a_good_policy_has_nothing_to_mend() {
    assertThat(run("check", read)).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void what_is_to_mend_is_told_with_its_place() throws IOException {
    String trust =
        file(
            "trust.json",
            """
            {"Version": "2012-10-17", "Statement":
              {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}}
            """);

    assertThat(run("check", "--type", "trust", trust)).isEqualTo(1);
    assertThat(out.toString()).startsWith(trust + ":2:").contains("security warning");
    assertThat(run("check", "--type", "trust", "--fail-on", "ERROR", trust)).isZero();
    assertThat(run("check", "--type", "trust", "--json", trust)).isEqualTo(1);
    assertThat(out.toString()).contains("\"issueCode\"");
  }

  @Test
  void a_request_is_explained_and_the_exit_code_is_the_answer() {
    String[] asked = {
      "explain",
      "--principal",
      ALICE,
      "--action",
      "s3:GetObject",
      "--resource",
      "arn:aws:s3:::reports/1",
      "--identity",
      read
    };

    assertThat(run(asked)).isEqualTo(1);
    assertThat(out.toString())
        .contains("Bool aws:MultiFactorAuthPresent: true (the key is absent)")
        .contains("with aws:MultiFactorAuthPresent = true in the request");
    String[] withMfa = java.util.Arrays.copyOf(asked, asked.length + 2);
    withMfa[asked.length] = "--context";
    withMfa[asked.length + 1] = "aws:MultiFactorAuthPresent=true";
    assertThat(run(withMfa)).isZero();
    assertThat(out.toString()).startsWith("Allowed");
  }

  private String table(String expect) throws IOException {
    return file(
        "table.json",
        """
        {"policies": {"identity": ["read.json"]}, "principal": "%s", "cases": [
          {"name": "with <MFA>", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/1",
           "context": {"aws:MultiFactorAuthPresent": true}, "expect": "allow"},
          {"action": "s3:PutObject", "resource": "arn:aws:s3:::reports/1", "expect": "%s"}]}
        """
            .formatted(ALICE, expect));
  }

  @Test
  void a_table_as_expected_passes() throws IOException {
    assertThat(run("test", table("implicit-deny"))).isZero();
    assertThat(out.toString()).isEqualTo("2 cases, 0 not as expected\n");
  }

  @Test
  void a_case_that_is_not_as_expected_fails_and_says_why() throws IOException {
    Path report = folder.resolve("report.xml");

    assertThat(run("test", "--junit", report.toString(), table("allow"))).isEqualTo(1);

    assertThat(out.toString())
        .contains("s3:PutObject on arn:aws:s3:::reports/1: expected allow, but User: " + ALICE)
        .endsWith("2 cases, 1 not as expected\n");
    assertThat(report)
        .content()
        .contains("tests=\"2\" failures=\"1\"")
        .contains("name=\"with &lt;MFA&gt;\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"cases\": []}",
        "{\"policies\": {}, \"principal\": \"x\", \"cases\": []}",
        "{\"policies\": {\"identitty\": \"read.json\"}, \"cases\": [{}]}",
        "{\"policies\": {\"identity\": \"none.json\"}, \"cases\": [{}]}",
        "{\"policies\": {}, \"cases\": [{\"action\": \"s3:Get\", \"expect\": \"deny\"}]}",
        "{\"policies\": {}, \"principal\": \"anonymous\", \"cases\": [{\"action\": \"s3:Get\", \"expect\": \"maybe\"}]}",
        "{\"policies\": {}, \"principal\": \"arn:aws:sts::111122223333:assumed-role/x\", \"cases\": [{\"action\": \"s3:Get\", \"expect\": \"deny\"}]}",
        "{\"policies\": {}, \"principal\": \"anonymous\", \"cases\": [{\"action\": 1, \"expect\": \"deny\"}]}",
      })
  void a_table_that_makes_no_sense_is_refused(String text) throws IOException {
    assertThat(run("test", file("broken.json", text))).isEqualTo(2);
    assertThat(err.toString()).startsWith("daypass: ");
  }

  @Test
  void an_edit_is_compared_with_what_there_was() throws IOException {
    String more = file("more.json", READ.replace("Bool\"", "BoolIfExists\""));

    assertThat(run("compare", "--existing", more, "--", read)).isZero();
    assertThat(run("compare", "--existing", read, "--", more)).isEqualTo(1);
    assertThat(out.toString()).contains("action     s3:getobject");
    assertThat(run("compare", "--grants", "s3:Put*,*", read)).isZero();
    assertThat(run("compare", "--grants", "s3:*,arn:aws:s3:::reports/*", read)).isEqualTo(1);
  }

  @Test
  void a_role_is_asked_for_its_second_factor() throws IOException {
    String trust =
        file(
            "trust.json",
            """
            {"Version": "2012-10-17", "Statement":
              {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole",
               "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}}}
            """);

    assertThat(run("compare", "--type", "trust", "--without-mfa", trust)).isEqualTo(1);
    assertThat(run("compare", "--type", "trust", "--public", trust)).isZero();
  }

  @Test
  void what_cannot_be_read_is_wrong_usage() throws IOException {
    assertThat(run("check", folder.resolve("none.json").toString())).isEqualTo(2);
    assertThat(run("compare", "--grants", "nonsense", read)).isEqualTo(2);
    assertThat(run("compare", "--grants", "s3:Get,nonsense", read)).isEqualTo(2);
    assertThat(run("compare", read)).isEqualTo(2);
    assertThat(
            run(
                "explain",
                "--principal",
                ALICE,
                "--action",
                "s3:Get",
                "--identity",
                file("broken.json", "{\"Statement\": 1}")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("broken.json:1:").contains("Syntax errors in policy.");
    assertThat(run("explain", "--principal", "bob", "--action", "s3:Get")).isEqualTo(2);
    assertThat(run("explain", "--principal", ALICE, "--action", "s3:Get", "--context", "nonsense"))
        .isEqualTo(2);
  }
}
