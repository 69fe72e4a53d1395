package dev.daypass.sidecar.http;

import java.time.Duration;

/// Which role the pods of one service account get.
public record PodRole(
    String name, String roleArn, String namespace, String serviceAccount, Duration duration) {
  public boolean isOf(String ofNamespace, String ofServiceAccount) {
    return namespace.equals(ofNamespace) && serviceAccount.equals(ofServiceAccount);
  }
}
