package dev.daypass.wire.iam;

import dev.daypass.wire.Request;
import java.util.List;

/// What travels between a client and IAM about central root access.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management">Centrally
///   manage root access</a>
public final class OrganizationsFeatureMessages {
  private OrganizationsFeatureMessages() {}

  public record EnableOrganizationsRootCredentialsManagement()
      implements Request<OrganizationsFeatures> {}

  public record DisableOrganizationsRootCredentialsManagement()
      implements Request<OrganizationsFeatures> {}

  public record EnableOrganizationsRootSessions() implements Request<OrganizationsFeatures> {}

  public record DisableOrganizationsRootSessions() implements Request<OrganizationsFeatures> {}

  public record ListOrganizationsFeatures() implements Request<OrganizationsFeatures> {}

  public record OrganizationsFeatures(String organizationId, List<String> enabledFeatures) {}
}
