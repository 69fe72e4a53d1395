package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;

/// A packaged broker behind a proxy: what policies are told of the client.
class ForwardedIT {
  private static final String FROM_THE_OFFICE =
      """
      {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:ListRoles", "Resource": "*",
        "Condition": {"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}}
      """;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  @Test
  void policies_are_told_the_address_that_the_proxy_saw() throws Exception {
    try (BrokerProcess broker =
            BrokerProcess.start(
                BrokerProcess.settings(
                    folder, Map.of("DAYPASS_TRUSTED_PROXIES", "127.0.0.0/8,10.0.0.0/8")));
        IamClient iam = BrokerProcessIT.iam(broker)) {
      iam.putUserPolicy(
          r -> r.userName("admin").policyName("office").policyDocument(FROM_THE_OFFICE));

      assertThat(roles(iam, "192.0.2.7")).isZero();
      assertThat(roles(iam, "203.0.113.9, 192.0.2.7, 10.0.0.1")).isZero();
      assertThatThrownBy(() -> roles(iam, "192.0.2.7, 203.0.113.9"))
          .isInstanceOf(IamException.class)
          .hasMessageContaining("explicit deny");
      assertThatThrownBy(() -> roles(iam, "192.0.2.7, unknown")).isInstanceOf(IamException.class);
    }
  }

  private static int roles(IamClient iam, String forwarded) {
    return iam.listRoles(
            r -> r.overrideConfiguration(c -> c.putHeader("X-Forwarded-For", forwarded)))
        .roles()
        .size();
  }
}
