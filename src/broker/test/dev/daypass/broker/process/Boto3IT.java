package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.daypass.broker.Metadata;
import dev.daypass.broker.TestCertificates;
import dev.daypass.broker.TestCertificates.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The real boto3 walks every list it has a paginator for, waits by every waiter it has, and
/// decodes what it decodes of AWS. Skipped where there is no Python with boto3.
class Boto3IT {
  private static final Path SCRIPT = Path.of("test-resources/boto3/lists.py").toAbsolutePath();

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  /// What Python cannot make by itself.
  private Map<String, String> certificates = Map.of();

  private record Outcome(int exitCode, String output) {}

  private Outcome python(String endpoint, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(certificates);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID",
                BrokerProcessIT.KEY,
                "AWS_SECRET_ACCESS_KEY",
                BrokerProcessIT.SECRET,
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "PYTHONIOENCODING",
                "utf-8",
                "ENDPOINT_URL",
                endpoint));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  private boolean hasBoto3() throws InterruptedException {
    try {
      return python("http://unused", "-c", "import boto3").exitCode() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void every_paginator_waiter_and_document_is_as_boto3_expects_it() throws Exception {
    assumeTrue(hasBoto3(), "SKIP: there is no python3 with boto3 here");
    Issued one = TestCertificates.selfSigned();
    certificates =
        Map.of(
            "CERTIFICATE",
            one.pem(),
            "PRIVATE_KEY",
            one.key(),
            "ANOTHER_CERTIFICATE",
            TestCertificates.selfSigned().pem(),
            "SAML_METADATA",
            Metadata.document("https://idp.example.com"));
    Map<String, String> settings = BrokerProcess.settings(folder);
    try (BrokerProcess broker = BrokerProcess.start(settings)) {
      Outcome outcome = python("http://127.0.0.1:" + broker.port(), SCRIPT.toString());

      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      assertThat(outcome.output()).contains("list_users: 6 items in 3 pages");
    }
  }
}
