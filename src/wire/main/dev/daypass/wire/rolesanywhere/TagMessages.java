package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Http;
import dev.daypass.wire.InQuery;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import java.util.List;

/// What travels between a client and Roles Anywhere about tags.
public final class TagMessages {
  private TagMessages() {}

  @Http(method = "POST", path = "/TagResource", status = 201)
  public record TagResource(ResourceArn resourceArn, @AtMost(200) List<Tag> tags)
      implements Request<Nothing> {}

  @Http(method = "POST", path = "/UntagResource")
  public record UntagResource(ResourceArn resourceArn, @AtMost(200) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  @Http(method = "GET", path = "/ListTagsForResource")
  public record ListTagsForResource(@InQuery ResourceArn resourceArn)
      implements Request<ListTagsForResource.Result> {
    public record Result(List<Tag> tags) {}
  }
}
