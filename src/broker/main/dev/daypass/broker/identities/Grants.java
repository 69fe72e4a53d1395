package dev.daypass.broker.identities;

import dev.daypass.policy.Policy;
import java.util.List;

/// What was given to a user, a group or a role: policies of its own, compiled, and the ARNs of
/// managed ones.
public record Grants(List<Policy> inline, List<String> attached) {
  public Grants {
    inline = List.copyOf(inline);
    attached = List.copyOf(attached);
  }
}
