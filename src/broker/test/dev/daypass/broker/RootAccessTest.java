package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;

/// Central root access, through AWS's SDK.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RootAccessTest {
  private static final String AUDIT =
      "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";

  @TestHTTPResource URI server;

  @Test
  void a_management_account_switches_root_access_on_and_off_and_uses_it() {
    Org org = new Org(new Wire(server.getPort()));
    org.root();
    String member = org.account();
    IamClient iam = Sdk.iam(server);

    iam.disableOrganizationsRootSessions(_ -> {});
    assertThat(iam.disableOrganizationsRootCredentialsManagement(_ -> {}).enabledFeatures())
        .isEmpty();
    iam.enableOrganizationsRootCredentialsManagement(_ -> {});
    assertThat(iam.enableOrganizationsRootSessions(_ -> {}).enabledFeaturesAsStrings())
        .containsExactly("RootCredentialsManagement", "RootSessions");
    assertThat(iam.listOrganizationsFeatures(_ -> {}).organizationId()).startsWith("o-");
    var session =
        Sdk.sts(server, Key.ADMIN)
            .assumeRoot(r -> r.targetPrincipal(member).taskPolicyArn(p -> p.arn(AUDIT)));

    assertThat(session.credentials().accessKeyId()).startsWith("ASIA");
    assertThat(session.sessionTokenSize()).isEqualTo(session.credentials().sessionToken().length());
  }

  @Test
  void a_member_account_does_not() {
    Org org = new Org(new Wire(server.getPort()));
    org.root();
    String account = org.account();
    Key member = org.in(account);
    IamClient iam = Sdk.iam(server, member);

    for (Consumer<IamClient> deed :
        List.<Consumer<IamClient>>of(
            is -> is.enableOrganizationsRootSessions(_ -> {}),
            is -> is.disableOrganizationsRootSessions(_ -> {}),
            is -> is.enableOrganizationsRootCredentialsManagement(_ -> {}),
            is -> is.disableOrganizationsRootCredentialsManagement(_ -> {}),
            is -> is.listOrganizationsFeatures(_ -> {}))) {
      assertThat(code(() -> deed.accept(iam))).contains("Management");
    }
    assertThat(
            code(
                () ->
                    Sdk.sts(server, member)
                        .assumeRoot(
                            r -> r.targetPrincipal(account).taskPolicyArn(p -> p.arn(AUDIT)))))
        .isEqualTo("AccessDenied");
  }

  private static String code(ThrowingCallable call) {
    return catchThrowableOfType(AwsServiceException.class, call).awsErrorDetails().errorCode();
  }
}
