package dev.daypass.cli;

import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySet;
import dev.daypass.policy.PolicyType;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Policies in files.
final class PolicyFiles {
  private static final long LARGEST = 1 << 20;

  private PolicyFiles() {}

  /// The text of a file, of a megabyte at most.
  static String read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Stop(ExitCode.USAGE, file + " is larger than a policy can be");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Stop(ExitCode.USAGE, file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new Stop(ExitCode.USAGE, "cannot read " + file);
    }
  }

  static Policy policy(PolicyType type, Path file) {
    try {
      return Policy.parse(type, file.toString(), read(file));
    } catch (MalformedPolicy malformed) {
      throw new Stop(
          ExitCode.USAGE, "%s:%s: %s".formatted(file, malformed.position(), malformed.reason()));
    }
  }

  static PolicySet set(PolicyType type, List<Path> files) {
    return PolicySet.of(files.stream().map(file -> policy(type, file)).toList());
  }

  /// A set, where there are files for it.
  static Optional<PolicySet> some(PolicyType type, List<Path> files) {
    return files.isEmpty() ? Optional.empty() : Optional.of(set(type, files));
  }

  /// All that has a say, by the files of each type.
  ///
  /// @param serviceControl the files of each level of the organization
  /// @param resourceControl the same
  static Policies policies(
      List<Path> identity,
      List<Path> boundary,
      List<Path> session,
      Optional<PolicySet> resource,
      List<List<Path>> serviceControl,
      List<List<Path>> resourceControl) {
    return new Policies(
        set(PolicyType.IDENTITY, identity),
        some(PolicyType.PERMISSIONS_BOUNDARY, boundary),
        some(PolicyType.SESSION, session),
        resource,
        levels(PolicyType.SERVICE_CONTROL, serviceControl),
        levels(PolicyType.RESOURCE_CONTROL, resourceControl));
  }

  private static List<PolicySet> levels(PolicyType type, List<List<Path>> levels) {
    return levels.stream().map(files -> set(type, files)).toList();
  }

  /// The policy of the resource, or of the role to be assumed.
  static Optional<PolicySet> resource(Optional<Path> resource, Optional<Path> trust) {
    return trust
        .map(file -> PolicySet.of(policy(PolicyType.TRUST, file)))
        .or(() -> resource.map(file -> PolicySet.of(policy(PolicyType.RESOURCE, file))));
  }
}
