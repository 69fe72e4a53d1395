package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.DateTime;
import dev.daypass.wire.Http;
import dev.daypass.wire.InQuery;
import dev.daypass.wire.Named;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Tag;
import java.util.List;
import java.util.Optional;

/// What travels between a client and Roles Anywhere about trust anchors.
public final class TrustAnchorMessages {
  private TrustAnchorMessages() {}

  @Http(method = "POST", path = "/trustanchors", status = 201)
  public record CreateTrustAnchor(
      ResourceName name,
      Source source,
      Optional<Boolean> enabled,
      @AtMost(200) List<Tag> tags,
      @AtMost(50) List<NotificationSetting> notificationSettings)
      implements Request<TrustAnchorResult> {}

  @Http(method = "PATCH", path = "/trustanchor/{trustAnchorId}")
  public record UpdateTrustAnchor(
      ResourceId trustAnchorId, Optional<ResourceName> name, Optional<Source> source)
      implements Request<TrustAnchorResult> {}

  @Http(method = "GET", path = "/trustanchor/{trustAnchorId}")
  public record GetTrustAnchor(ResourceId trustAnchorId) implements Request<TrustAnchorResult> {}

  @Http(method = "DELETE", path = "/trustanchor/{trustAnchorId}")
  public record DeleteTrustAnchor(ResourceId trustAnchorId) implements Request<TrustAnchorResult> {}

  @Http(method = "POST", path = "/trustanchor/{trustAnchorId}/enable")
  public record EnableTrustAnchor(ResourceId trustAnchorId) implements Request<TrustAnchorResult> {}

  @Http(method = "POST", path = "/trustanchor/{trustAnchorId}/disable")
  public record DisableTrustAnchor(ResourceId trustAnchorId)
      implements Request<TrustAnchorResult> {}

  @Http(method = "GET", path = "/trustanchors")
  public record ListTrustAnchors(
      @InQuery Optional<NextToken> nextToken, @InQuery Optional<PageSize> pageSize)
      implements Request<ListTrustAnchors.Result> {
    public record Result(List<TrustAnchorDetail> trustAnchors, Optional<String> nextToken) {}
  }

  public record Source(Optional<SourceType> sourceType, Optional<SourceData> sourceData) {}

  public record SourceData(
      @Named("x509CertificateData") Optional<CertificateBundle> certificates,
      Optional<String> acmPcaArn) {}

  public record NotificationSetting(
      boolean enabled, String event, Optional<Integer> threshold, Optional<String> channel) {}

  public record TrustAnchorResult(TrustAnchorDetail trustAnchor) {}

  public record TrustAnchorDetail(
      String trustAnchorId,
      String trustAnchorArn,
      String name,
      Source source,
      boolean enabled,
      DateTime createdAt,
      DateTime updatedAt) {}
}
