package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.signin.SigninClient;
import software.amazon.awssdk.services.sts.StsClient;

/// Whatever action AWS's SDK knows is answered, or there is a reason why not.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class CapabilitiesTest {
  private static final String DOCUMENT = "/.well-known/daypass-capabilities";
  private static final Map<String, Class<?>> CLIENTS =
      Map.of("iam", IamClient.class, "sts", StsClient.class, "signin", SigninClient.class);

  private static final Map<String, Integer> MOST = Map.of("iam", 170, "sts", 10, "signin", 10);

  /// Proven by a code and a key of the tool's, and by no signature: it has an endpoint of its own.
  private static final String UNSIGNED = "CreateOAuth2Token";

  /// Only AWS's helper for certificates knows how to call it.
  private static final String IN_NO_MODEL = "CreateSession";

  @TestHTTPResource URI server;

  /// What a service's actions are called on the wire, as the SDK's own marshallers have it; where
  /// the protocol is REST, as its methods are called.
  private static TreeSet<String> actionsOfAws(Class<?> client) throws Exception {
    TreeSet<String> actions = new TreeSet<>();
    for (Method method : client.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 1
          && AwsRequest.class.isAssignableFrom(parameters[0])
          && !method.getName().endsWith("Paginator")) {
        actions.add(
            action(parameters[0])
                .orElseGet(
                    () ->
                        Character.toUpperCase(method.getName().charAt(0))
                            + method.getName().substring(1)));
      }
    }
    return actions;
  }

  private static Optional<String> action(Class<?> request) throws Exception {
    String marshaller = request.getName().replace(".model.", ".transform.") + "Marshaller";
    Field operation = Class.forName(marshaller).getDeclaredField("SDK_OPERATION_BINDING");
    operation.setAccessible(true);
    return Optional.ofNullable(((OperationInfo) operation.get(null)).operationIdentifier());
  }

  private static List<String> answered(String service) {
    return given().get(DOCUMENT).path("services." + service + ".actions");
  }

  private static Map<String, String> notAnswered(String service) {
    return given().get(DOCUMENT).path("services." + service + ".notAnswered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iam", "sts", "signin"})
  void each_action_of_aws_is_either_answered_or_has_a_reason(String service) throws Exception {
    TreeSet<String> ofAws = actionsOfAws(CLIENTS.get(service));
    TreeSet<String> told = new TreeSet<>(answered(service));
    told.addAll(notAnswered(service).keySet());
    ofAws.remove(UNSIGNED);

    assertThat(ofAws).hasSizeGreaterThan(MOST.get(service));
    assertThat(told).isEqualTo(ofAws);
    assertThat(answered(service)).noneMatch(notAnswered(service)::containsKey);
    assertThat(notAnswered(service).values()).allMatch(reason -> reason.matches("[A-Z].{10,}\\."));
  }

  /// The SDK has no modules for these here: their models have been kept beside the messages.
  @ParameterizedTest
  @CsvSource({"organizations, 60", "rolesanywhere, 29"})
  void each_action_of_a_model_is_either_answered_or_has_a_reason(String service, int most)
      throws Exception {
    JsonNode model =
        new ObjectMapper()
            .readTree(
                Path.of("../wire/test-resources/aws-models-%s.json".formatted(service)).toFile());
    TreeSet<String> ofAws = new TreeSet<>();
    model.get("operations").fieldNames().forEachRemaining(ofAws::add);
    TreeSet<String> told = new TreeSet<>(answered(service));
    told.addAll(notAnswered(service).keySet());
    told.remove(IN_NO_MODEL);

    assertThat(ofAws).hasSizeGreaterThan(most);
    assertThat(told).isEqualTo(ofAws);
    assertThat(answered(service)).doesNotContainAnyElementsOf(notAnswered(service).keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"iam", "sts"})
  void who_calls_what_is_not_answered_is_told_why(String service) {
    Wire wire = new Wire(server.getPort());
    String version = given().get(DOCUMENT).path("services." + service + ".version");

    notAnswered(service)
        .forEach(
            (action, reason) -> {
              Reply signed =
                  service.equals("iam") ? wire.iam(Key.ADMIN, action) : wire.sts(Key.ADMIN, action);
              Reply unsigned =
                  wire.send(
                      HttpRequest.newBuilder(
                              wire.server().resolve("/?Action=" + action + "&Version=" + version))
                          .GET());

              for (Reply reply : List.of(signed, unsigned)) {
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.code()).isEqualTo("InvalidAction");
                assertThat(reply.message())
                    .isEqualTo(
                        "Could not find operation %s for version %s. %s See %s for more."
                            .formatted(action, version, reason, DOCUMENT));
              }
            });
  }
}
