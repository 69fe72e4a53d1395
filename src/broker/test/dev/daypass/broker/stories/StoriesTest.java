package dev.daypass.broker.stories;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.TestIssuers;
import dev.daypass.broker.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every action in the catalogue is called through AWS's SDK for Java: once where it answers, once
/// where it refuses.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestIssuers.class)
class StoriesTest {
  private static final List<Stories> FAMILIES =
      List.of(
          new UserStories(),
          new UserBoundaryStories(),
          new GroupStories(),
          new RoleStories(),
          new RoleTrustStories(),
          new RoleBoundaryStories(),
          new InlinePolicyStories(Grantee.USER),
          new InlinePolicyStories(Grantee.GROUP),
          new InlinePolicyStories(Grantee.ROLE),
          new AttachmentStories(Grantee.USER),
          new AttachmentStories(Grantee.GROUP),
          new AttachmentStories(Grantee.ROLE),
          new PolicyStories(),
          new PolicyVersionStories(),
          new AccessKeyStories(),
          new LoginProfileStories(),
          new PasswordPolicyStories(),
          new DeviceStories(),
          new VirtualDeviceStories(),
          new InstanceProfileStories(),
          new OidcProviderStories(),
          new AccountStories(),
          new SimulationStories(),
          new SessionStories(),
          new TokenStories());

  @TestHTTPResource("/")
  URI server;

  @TestFactory
  Stream<DynamicTest> a_story() {
    return FAMILIES.stream()
        .flatMap(Story::of)
        .map(story -> DynamicTest.dynamicTest(story.toString(), () -> story.tell(server)));
  }

  @Test
  void every_action_answers_and_refuses_in_a_story_and_no_story_is_about_anything_else() {
    assertThat(toldOf(false))
        .as("actions with a story that @Answers")
        .containsExactlyInAnyOrderElementsOf(catalogue());
    assertThat(toldOf(true))
        .as("actions with a story that @Refuses")
        .containsExactlyInAnyOrderElementsOf(catalogue());
  }

  private static Set<String> toldOf(boolean refused) {
    return FAMILIES.stream()
        .flatMap(Story::of)
        .filter(story -> story.refuses() == refused)
        .map(Story::action)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> catalogue() {
    Map<String, Map<String, List<String>>> services =
        given().get("/.well-known/daypass-capabilities").then().extract().path("services");
    return services.values().stream()
        .flatMap(service -> service.get("actions").stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
