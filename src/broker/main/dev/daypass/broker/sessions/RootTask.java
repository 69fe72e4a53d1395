package dev.daypass.broker.sessions;

import dev.daypass.broker.identities.Membership;
import java.util.Optional;
import java.util.stream.Stream;

/// What the root of a member account may be assumed for: one of the policies that AWS has for it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/security-iam-awsmanpol.html">Managed
///   policies for root tasks</a>
enum RootTask {
  AUDIT("IAMAuditRootUserCredentials", true),
  CREATE_PASSWORD("IAMCreateRootUserPassword", true),
  DELETE_CREDENTIALS("IAMDeleteRootUserCredentials", true),
  UNLOCK_BUCKET("S3UnlockBucketPolicy", false),
  UNLOCK_QUEUE("SQSUnlockQueuePolicy", false);

  private final String policy;
  private final boolean credentials;

  RootTask(String policy, boolean credentials) {
    this.policy = policy;
    this.credentials = credentials;
  }

  static Optional<RootTask> of(String policyArn) {
    return Stream.of(values()).filter(task -> task.policyArn().equals(policyArn)).findFirst();
  }

  /// The managed policy that narrows the session.
  String policyArn() {
    return "arn:aws:iam::aws:policy/root-task/" + policy;
  }

  /// Whether the organization has the feature that the task is of.
  boolean enabled(Membership organization) {
    return credentials ? organization.rootCredentials() : organization.rootSessions();
  }
}
