package dev.daypass.client.sources;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which role, and how its sessions are to be.
///
/// @param policy a session policy that narrows them
/// @param policyArns managed policies that narrow them, too
/// @param tags session tags, which the role's trust policy has to let be set
public record RoleRequest(
    String roleArn,
    String sessionName,
    Duration duration,
    Optional<String> policy,
    List<String> policyArns,
    Map<String, String> tags) {
  public RoleRequest {
    policyArns = List.copyOf(policyArns);
    tags = Map.copyOf(tags);
  }

  /// Without managed policies.
  public RoleRequest(
      String roleArn,
      String sessionName,
      Duration duration,
      Optional<String> policy,
      Map<String, String> tags) {
    this(roleArn, sessionName, duration, policy, List.of(), tags);
  }

  /// As parameters of AssumeRole and its like.
  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("RoleArn", roleArn);
    parameters.put("RoleSessionName", sessionName);
    parameters.put("DurationSeconds", Long.toString(duration.toSeconds()));
    policy.ifPresent(text -> parameters.put("Policy", text));
    for (int i = 0; i < policyArns.size(); i++) {
      parameters.put("PolicyArns.member.%d.arn".formatted(i + 1), policyArns.get(i));
    }
    int member = 1;
    for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
      parameters.put("Tags.member.%d.Key".formatted(member), tag.getKey());
      parameters.put("Tags.member.%d.Value".formatted(member), tag.getValue());
      member++;
    }
    return parameters;
  }
}
