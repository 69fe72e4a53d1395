package dev.daypass.wire.iam;

import dev.daypass.wire.Blob;
import dev.daypass.wire.Request;
import java.time.Instant;

/// What travels between a client and IAM about reports for auditors.
public final class ReportMessages {
  private ReportMessages() {}

  public record GenerateCredentialReport() implements Request<GenerateCredentialReport.Result> {
    public record Result(String state, String description) {}
  }

  public record GetCredentialReport() implements Request<GetCredentialReport.Result> {
    public record Result(Blob content, String reportFormat, Instant generatedTime) {}
  }
}
