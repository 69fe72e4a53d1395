package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Blob;
import dev.daypass.wire.DateTime;
import dev.daypass.wire.Http;
import dev.daypass.wire.InQuery;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Tag;
import java.util.List;
import java.util.Optional;

/// What travels between a client and Roles Anywhere about certificate revocation lists.
public final class CrlMessages {
  private CrlMessages() {}

  @Http(method = "POST", path = "/crls", status = 201)
  public record ImportCrl(
      ResourceName name,
      Blob crlData,
      Optional<Boolean> enabled,
      @AtMost(200) List<Tag> tags,
      TrustAnchorArn trustAnchorArn)
      implements Request<CrlResult> {}

  @Http(method = "PATCH", path = "/crl/{crlId}")
  public record UpdateCrl(ResourceId crlId, Optional<ResourceName> name, Optional<Blob> crlData)
      implements Request<CrlResult> {}

  @Http(method = "GET", path = "/crl/{crlId}")
  public record GetCrl(ResourceId crlId) implements Request<CrlResult> {}

  @Http(method = "DELETE", path = "/crl/{crlId}")
  public record DeleteCrl(ResourceId crlId) implements Request<CrlResult> {}

  @Http(method = "POST", path = "/crl/{crlId}/enable")
  public record EnableCrl(ResourceId crlId) implements Request<CrlResult> {}

  @Http(method = "POST", path = "/crl/{crlId}/disable")
  public record DisableCrl(ResourceId crlId) implements Request<CrlResult> {}

  @Http(method = "GET", path = "/crls")
  public record ListCrls(
      @InQuery Optional<NextToken> nextToken, @InQuery Optional<PageSize> pageSize)
      implements Request<ListCrls.Result> {
    public record Result(List<CrlDetail> crls, Optional<String> nextToken) {}
  }

  public record CrlResult(CrlDetail crl) {}

  public record CrlDetail(
      String crlId,
      String crlArn,
      String name,
      boolean enabled,
      Blob crlData,
      String trustAnchorArn,
      DateTime createdAt,
      DateTime updatedAt) {}
}
