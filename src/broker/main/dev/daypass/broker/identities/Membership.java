package dev.daypass.broker.identities;

import dev.daypass.policy.Context;
import dev.daypass.policy.PolicySet;
import java.util.List;

/// What being in an organization means for an account.
///
/// @param organization `o-…`
/// @param managementAccount whose account the organization is
/// @param units where the account is: the root, then organizational units, from the top
/// @param rootCredentials whether the management account may manage the credentials of roots
/// @param rootSessions whether the management account may act as the root of others
/// @param serviceControl what the account's principals may do at most, for each level from the root
///   to the account; none for the management account, and where this type is not in force
/// @param resourceControl what may be done to the account's resources at most, in the same way
public record Membership(
    String organization,
    String managementAccount,
    List<String> units,
    boolean rootCredentials,
    boolean rootSessions,
    List<PolicySet> serviceControl,
    List<PolicySet> resourceControl) {
  public Membership {
    units = List.copyOf(units);
    serviceControl = List.copyOf(serviceControl);
    resourceControl = List.copyOf(resourceControl);
  }

  /// Where the account is, as condition keys have it: `o-…/r-…/ou-…/`.
  public String path() {
    return organization + "/" + String.join("/", units) + "/";
  }

  /// The condition keys about a principal of the account, or about a resource.
  ///
  /// @param whose `Principal` or `Resource`
  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid">aws:PrincipalOrgID</a>
  public Context context(String whose) {
    return Context.builder()
        .put("aws:" + whose + "OrgID", organization)
        .putAll("aws:" + whose + "OrgPaths", List.of(path()))
        .build();
  }
}
