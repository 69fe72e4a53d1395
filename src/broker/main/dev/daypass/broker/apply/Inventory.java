package dev.daypass.broker.apply;

import dev.daypass.wire.iam.AccountMessages.PasswordPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an account looks like.
///
/// @param things by kind and name in lower case
/// @param marks what earlier applies made
record Inventory(
    String account,
    Optional<String> alias,
    Optional<PasswordPolicy> passwordPolicy,
    Map<Key, Thing> things,
    Set<Mark> marks) {
  /// A name means one thing of its kind, whatever its case.
  record Key(Kind kind, String name) {
    Key {
      name = name.toLowerCase(Locale.ROOT);
    }
  }

  /// A user, group, role or policy.
  ///
  /// @param id the unique id
  /// @param document a role's trust policy, a policy's default version
  /// @param longestSession of a role, in seconds
  /// @param attached the ARNs of attached policies
  /// @param inline the documents of inline policies by name
  /// @param groups the names of a user's groups by unique id
  /// @param versions the numbers of a policy's versions, oldest first
  record Thing(
      Kind kind,
      String id,
      String path,
      String name,
      Optional<String> boundary,
      Optional<String> description,
      String document,
      int longestSession,
      int defaultVersion,
      Map<String, String> tags,
      Collection<String> attached,
      Map<String, String> inline,
      Map<String, String> groups,
      List<Integer> versions) {
    String title() {
      return kind.noun() + " " + name;
    }
  }

  Optional<Thing> find(Kind kind, String name) {
    return Optional.ofNullable(things.get(new Key(kind, name)));
  }

  boolean marked(String ownerId, String part) {
    return marks.contains(new Mark(ownerId, part));
  }
}
