package dev.daypass.bench.policy;

import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySet;
import dev.daypass.policy.PolicyType;
import dev.daypass.policy.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The evaluator: one policy of two statements for each team, and, where all layers are on, a
/// boundary, a session policy, a resource policy, and control policies on two levels around them.
final class Daypass implements Engine {
  private static final String ACCOUNT = "111122223333";

  private final Policies policies;
  private final List<Access> questions;

  Daypass(Workload workload, boolean allLayers) {
    List<Policy> identity = new ArrayList<>();
    for (int team = 0; team < workload.policies(); team++) {
      identity.add(policy(PolicyType.IDENTITY, team(workload, team)));
    }
    this.policies = allLayers ? around(identity) : Policies.identity(identity);
    this.questions = workload.questions().stream().map(Daypass::access).toList();
  }

  private static String team(Workload workload, int team) {
    return """
    {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
     "Resource": "arn:aws:s3:::%s",
     "Condition": {"StringEquals": {"app:team": "%s"}, "IpAddress": {"aws:SourceIp": "%s"}}},
    {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::%s"}
    """
        .formatted(
            workload.folder(team), Workload.name(team), Workload.NETWORK, workload.kept(team));
  }

  private static Policies around(List<Policy> identity) {
    String all = "{\"Effect\": \"Allow\", %s\"Action\": \"*\", \"Resource\": \"*\"}";
    String s3 = "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}";
    String noUsers = "{\"Effect\": \"Deny\", \"Action\": \"iam:*\", \"Resource\": \"*\"}";
    Policy full = policy(PolicyType.SERVICE_CONTROL, all.formatted(""));
    Policy resourceFull =
        policy(PolicyType.RESOURCE_CONTROL, all.formatted("\"Principal\": \"*\", "));
    Policy resource =
        policy(
            PolicyType.RESOURCE,
            """
            {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
            """);
    return Policies.identity(identity)
        .boundedBy(policy(PolicyType.PERMISSIONS_BOUNDARY, s3 + "," + noUsers))
        .narrowedBy(List.of(policy(PolicyType.SESSION, s3)))
        .on(resource)
        .under(
            List.of(
                PolicySet.of(full),
                PolicySet.of(full, policy(PolicyType.SERVICE_CONTROL, noUsers))),
            List.of(PolicySet.of(resourceFull), PolicySet.of(resourceFull)));
  }

  private static Policy policy(PolicyType type, String statements) {
    return Policy.parse(
        type, "bench", "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}");
  }

  private static Access access(Workload.Question question) {
    return new Access(
        new Principal.AssumedRole(
            "arn:aws:iam::111122223333:role/worker",
            "AROAWORKER",
            "worker",
            "s1",
            ACCOUNT,
            Map.of()),
        "s3:" + question.action(),
        "arn:aws:s3:::" + question.path(),
        Optional.of(ACCOUNT),
        Context.builder()
            .put("app:team", question.team())
            .put("aws:SourceIp", question.address())
            .put("aws:SecureTransport", "true")
            .put("aws:RequestedRegion", "us-east-1")
            .put("aws:CurrentTime", "2026-11-24T12:00:00Z")
            .build());
  }

  @Override
  public boolean allowed(int question) {
    return policies.decide(questions.get(question)).allowed();
  }
}
