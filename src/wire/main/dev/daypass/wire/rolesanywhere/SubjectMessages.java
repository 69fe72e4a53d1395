package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.DateTime;
import dev.daypass.wire.Http;
import dev.daypass.wire.InQuery;
import dev.daypass.wire.Named;
import dev.daypass.wire.Request;
import java.util.List;
import java.util.Optional;

/// What travels between a client and Roles Anywhere about those who came with a certificate.
public final class SubjectMessages {
  private SubjectMessages() {}

  @Http(method = "GET", path = "/subject/{subjectId}")
  public record GetSubject(ResourceId subjectId) implements Request<GetSubject.Result> {
    public record Result(SubjectDetail subject) {}
  }

  @Http(method = "GET", path = "/subjects")
  public record ListSubjects(
      @InQuery Optional<NextToken> nextToken, @InQuery Optional<PageSize> pageSize)
      implements Request<ListSubjects.Result> {
    public record Result(List<SubjectSummary> subjects, Optional<String> nextToken) {}
  }

  public record SubjectSummary(
      String subjectArn,
      String subjectId,
      boolean enabled,
      @Named("x509Subject") String name,
      DateTime lastSeenAt,
      DateTime createdAt,
      DateTime updatedAt) {}

  public record SubjectDetail(
      String subjectArn,
      String subjectId,
      boolean enabled,
      @Named("x509Subject") String name,
      DateTime lastSeenAt,
      DateTime createdAt,
      DateTime updatedAt,
      List<CredentialSummary> credentials) {}

  public record CredentialSummary(
      DateTime seenAt,
      String serialNumber,
      String issuer,
      boolean enabled,
      @Named("x509CertificateData") String certificate,
      boolean failed) {}
}
