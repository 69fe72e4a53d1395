package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.DateTime;
import dev.daypass.wire.Http;
import dev.daypass.wire.InQuery;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Tag;
import java.util.List;
import java.util.Optional;

/// What travels between a client and Roles Anywhere about profiles.
public final class ProfileMessages {
  private ProfileMessages() {}

  @Http(method = "POST", path = "/profiles", status = 201)
  public record CreateProfile(
      ResourceName name,
      Optional<Boolean> requireInstanceProperties,
      Optional<SessionPolicy> sessionPolicy,
      @AtMost(250) List<ProfileRoleArn> roleArns,
      @AtMost(50) List<ManagedPolicyArn> managedPolicyArns,
      Optional<SessionDuration> durationSeconds,
      Optional<Boolean> enabled,
      @AtMost(200) List<Tag> tags,
      Optional<Boolean> acceptRoleSessionName)
      implements Request<ProfileResult> {}

  /// What is absent stays as it is.
  @Http(method = "PATCH", path = "/profile/{profileId}")
  public record UpdateProfile(
      ResourceId profileId,
      Optional<ResourceName> name,
      Optional<SessionPolicy> sessionPolicy,
      @AtMost(250) Optional<List<ProfileRoleArn>> roleArns,
      @AtMost(50) Optional<List<ManagedPolicyArn>> managedPolicyArns,
      Optional<SessionDuration> durationSeconds,
      Optional<Boolean> acceptRoleSessionName)
      implements Request<ProfileResult> {}

  @Http(method = "GET", path = "/profile/{profileId}")
  public record GetProfile(ResourceId profileId) implements Request<ProfileResult> {}

  @Http(method = "DELETE", path = "/profile/{profileId}")
  public record DeleteProfile(ResourceId profileId) implements Request<ProfileResult> {}

  @Http(method = "POST", path = "/profile/{profileId}/enable")
  public record EnableProfile(ResourceId profileId) implements Request<ProfileResult> {}

  @Http(method = "POST", path = "/profile/{profileId}/disable")
  public record DisableProfile(ResourceId profileId) implements Request<ProfileResult> {}

  @Http(method = "GET", path = "/profiles")
  public record ListProfiles(
      @InQuery Optional<NextToken> nextToken, @InQuery Optional<PageSize> pageSize)
      implements Request<ListProfiles.Result> {
    public record Result(List<ProfileDetail> profiles, Optional<String> nextToken) {}
  }

  @Http(method = "PUT", path = "/profiles/{profileId}/mappings")
  public record PutAttributeMapping(
      ResourceId profileId, CertificateField certificateField, List<MappingRule> mappingRules)
      implements Request<ProfileResult> {}

  /// Without specifiers, all rules of the field.
  @Http(method = "DELETE", path = "/profiles/{profileId}/mappings")
  public record DeleteAttributeMapping(
      ResourceId profileId,
      @InQuery CertificateField certificateField,
      @InQuery List<Specifier> specifiers)
      implements Request<ProfileResult> {}

  public record AttributeMapping(
      CertificateField certificateField, List<MappingRule> mappingRules) {}

  public record MappingRule(Specifier specifier) {}

  public record ProfileResult(ProfileDetail profile) {}

  public record ProfileDetail(
      String profileId,
      String profileArn,
      String name,
      boolean requireInstanceProperties,
      boolean enabled,
      String createdBy,
      Optional<String> sessionPolicy,
      List<String> roleArns,
      List<String> managedPolicyArns,
      DateTime createdAt,
      DateTime updatedAt,
      int durationSeconds,
      boolean acceptRoleSessionName,
      List<AttributeMapping> attributeMappings) {}
}
