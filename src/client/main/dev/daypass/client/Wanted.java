package dev.daypass.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is asked for when credentials are.
///
/// @param policy narrows them, as the managed policies of `policyArns` do
/// @param tags session tags, which the role's trust policy has to let be set
public record Wanted(
    Optional<String> roleArn,
    Optional<String> sessionName,
    Optional<Duration> duration,
    Optional<String> policy,
    List<String> policyArns,
    Map<String, String> tags) {
  public Wanted {
    policyArns = List.copyOf(policyArns);
    tags = Map.copyOf(tags);
  }

  Map<String, Object> body() {
    Map<String, Object> body = new TreeMap<>();
    roleArn.ifPresent(arn -> body.put("roleArn", arn));
    sessionName.ifPresent(name -> body.put("sessionName", name));
    duration.ifPresent(lasts -> body.put("durationSeconds", lasts.toSeconds()));
    policy.ifPresent(text -> body.put("policy", text));
    if (!policyArns.isEmpty()) {
      body.put("policyArns", policyArns);
    }
    if (!tags.isEmpty()) {
      body.put("tags", tags);
    }
    return body;
  }
}
