package dev.daypass.broker.stories;

import java.util.List;
import java.util.stream.Stream;

/// The stories of every family: what can be told of a broker, wherever it runs, whose account and
/// administrator are those of the tests.
public final class AllStories {
  private static final List<Stories> FAMILIES =
      List.of(
          new UserStories(),
          new UserBoundaryStories(),
          new GroupStories(),
          new RoleStories(),
          new RoleTrustStories(),
          new RoleBoundaryStories(),
          new InlinePolicyStories(Grantee.USER),
          new InlinePolicyStories(Grantee.GROUP),
          new InlinePolicyStories(Grantee.ROLE),
          new AttachmentStories(Grantee.USER),
          new AttachmentStories(Grantee.GROUP),
          new AttachmentStories(Grantee.ROLE),
          new PolicyStories(),
          new PolicyVersionStories(),
          new AccessKeyStories(),
          new LoginProfileStories(),
          new PasswordPolicyStories(),
          new DeviceStories(),
          new VirtualDeviceStories(),
          new InstanceProfileStories(),
          new OidcProviderStories(),
          new AccountStories(),
          new SimulationStories(),
          new SessionStories(),
          new TokenStories());

  private AllStories() {}

  /// All of them.
  public static Stream<Story> told() {
    return FAMILIES.stream().flatMap(Story::of);
  }
}
