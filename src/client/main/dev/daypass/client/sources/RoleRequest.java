package dev.daypass.client.sources;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which role, and how its sessions are to be.
///
/// @param policy a session policy that narrows them
/// @param tags session tags, which the role's trust policy has to let be set
public record RoleRequest(
    String roleArn,
    String sessionName,
    Duration duration,
    Optional<String> policy,
    Map<String, String> tags) {
  public RoleRequest {
    tags = Map.copyOf(tags);
  }

  /// As parameters of AssumeRole and its like.
  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("RoleArn", roleArn);
    parameters.put("RoleSessionName", sessionName);
    parameters.put("DurationSeconds", Long.toString(duration.toSeconds()));
    policy.ifPresent(text -> parameters.put("Policy", text));
    int member = 1;
    for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
      parameters.put("Tags.member.%d.Key".formatted(member), tag.getKey());
      parameters.put("Tags.member.%d.Value".formatted(member), tag.getValue());
      member++;
    }
    return parameters;
  }
}
