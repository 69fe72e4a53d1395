package dev.daypass.broker.stories;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.TestIssuers;
import dev.daypass.broker.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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
  /// Families with rules of their own, whose tests live their actions through the SDK at length,
  /// answered and refused.
  private static final List<String> TESTS_OF_FAMILIES =
      List.of(
          "ServerCertificatesTest",
          "SigningCertificatesTest",
          "SshPublicKeysTest",
          "ServiceCredentialsTest",
          "SamlProvidersTest",
          "ServiceLinkedRolesTest",
          "OutboundFederationTest",
          "SamlTest",
          "LastAccessedTest",
          "DelegationTest",
          "FederationTokenTest",
          "RootAccessTest",
          "IamTest");

  @TestHTTPResource("/")
  URI server;

  @TestFactory
  Stream<DynamicTest> a_story() {
    return AllStories.told()
        .map(story -> DynamicTest.dynamicTest(story.toString(), () -> story.tell(server)));
  }

  @Test
  void every_action_of_iam_and_sts_answers_and_refuses_in_a_story_or_in_a_test_of_its_family()
      throws IOException {
    Set<String> elsewhere = elsewhere();

    assertThat(with(toldOf(false), elsewhere))
        .as("actions that answer AWS's SDK in a test")
        .containsExactlyInAnyOrderElementsOf(catalogue());
    assertThat(with(toldOf(true), elsewhere))
        .as("actions that refuse AWS's SDK in a test")
        .containsExactlyInAnyOrderElementsOf(catalogue());
  }

  /// The actions that the tests of whole families call through the SDK.
  private static Set<String> elsewhere() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String test : TESTS_OF_FAMILIES) {
      sources.append(Files.readString(Path.of("test/dev/daypass/broker/" + test + ".java")));
    }
    return catalogue().stream()
        .filter(action -> sources.indexOf("." + method(action) + "(") >= 0)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String method(String action) {
    return Character.toLowerCase(action.charAt(0)) + action.substring(1);
  }

  private static Set<String> with(Set<String> some, Set<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }

  private static Set<String> toldOf(boolean refused) {
    return AllStories.told()
        .filter(story -> story.refuses() == refused)
        .map(Story::action)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> catalogue() {
    Map<String, Map<String, Collection<String>>> services =
        given().get("/.well-known/daypass-capabilities").then().extract().path("services");
    return Stream.of("iam", "sts")
        .flatMap(service -> services.get(service).get("actions").stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
