package dev.daypass.broker.grants;

import dev.daypass.broker.database.Quota;

/// A user, group or role that policies can be given to.
///
/// @param id the unique id
public record Owner(Kind kind, String id, String name) {
  /// What it is, and how much it can be given.
  public enum Kind {
    USER("user", Quota.USER_POLICY_SIZE, Quota.ATTACHED_PER_USER),
    GROUP("group", Quota.GROUP_POLICY_SIZE, Quota.ATTACHED_PER_GROUP),
    ROLE("role", Quota.ROLE_POLICY_SIZE, Quota.ATTACHED_PER_ROLE);

    private final String noun;
    private final Quota inlineSize;
    private final Quota attached;

    Kind(String noun, Quota inlineSize, Quota attached) {
      this.noun = noun;
      this.inlineSize = inlineSize;
      this.attached = attached;
    }

    String noun() {
      return noun;
    }

    /// How many characters all inline policies together may have.
    int inlineSize() {
      return inlineSize.most();
    }

    public Quota attached() {
      return attached;
    }
  }
}
