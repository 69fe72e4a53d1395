package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests whose outcome AWS's own documentation states.
class DecisionCasesTest {
  private static final String PARTIAL_WILDCARD = "aws-docs/rbp/no-partial-wildcard";
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Arguments> cases() throws Exception {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                DecisionCasesTest.class.getResourceAsStream("/cases/aws-documentation.jsonl"),
                StandardCharsets.UTF_8))) {
      List<Arguments> cases = new ArrayList<>();
      for (String line : lines.lines().toList()) {
        JsonNode node = JSON.readTree(line);
        cases.add(Arguments.of(node.get("id").asText(), node));
      }
      return cases.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void decides_as_aws_documents(String id, JsonNode node) throws Exception {
    assumeThat(id)
        .as("refused when it is saved: see MalformedPolicyTest")
        .isNotEqualTo(PARTIAL_WILDCARD);
    JsonNode policies = node.get("policies");
    Access access = access(node.get("request"));

    Policies all =
        new Policies(
            PolicySet.of(documents(PolicyType.IDENTITY, policies.get("identity"))),
            set(PolicyType.PERMISSIONS_BOUNDARY, policies.get("boundary")),
            set(PolicyType.SESSION, policies.get("session")),
            set(resourceType(access), policies.get("resource")),
            levels(PolicyType.SERVICE_CONTROL, policies.get("scp")),
            levels(PolicyType.RESOURCE_CONTROL, policies.get("rcp")));
    Decision decision = all.decide(access);

    assertThat(new Reference(all, access).decide()).startsWith(decision.name());
    String expected = node.get("expected").get("decision").asText();
    assertThat(name(decision, expected)).as(node.toPrettyString()).isEqualTo(expected);
  }

  private static String name(Decision decision, String expected) {
    return switch (decision) {
      case Decision.Allowed _ -> "ALLOW";
      case Decision.ExplicitlyDenied _ -> expected.equals("DENY") ? "DENY" : "EXPLICIT_DENY";
      case Decision.ImplicitlyDenied _ -> expected.equals("DENY") ? "DENY" : "IMPLICIT_DENY";
    };
  }

  private static PolicyType resourceType(Access access) {
    return access.action().startsWith("sts:") ? PolicyType.TRUST : PolicyType.RESOURCE;
  }

  private static List<Policy> documents(PolicyType type, JsonNode nodes) {
    List<Policy> policies = new ArrayList<>();
    if (nodes != null) {
      nodes.forEach(node -> policies.add(Policy.parse(type, "case", node.toString())));
    }
    return policies;
  }

  private static Optional<PolicySet> set(PolicyType type, @Nullable JsonNode nodes) {
    return nodes == null || (nodes.isEmpty() && type != PolicyType.SESSION)
        ? Optional.empty()
        : Optional.of(PolicySet.of(documents(type, nodes)));
  }

  private static List<PolicySet> levels(PolicyType type, JsonNode nodes) {
    List<PolicySet> levels = new ArrayList<>();
    if (nodes != null) {
      for (JsonNode level : nodes) {
        List<Policy> policies = new ArrayList<>(documents(type, level.get("policies")));
        if (type == PolicyType.RESOURCE_CONTROL) {
          // Attached everywhere, whatever else is.
          policies.add(
              Policy.parse(
                  type,
                  "RCPFullAWSAccess",
                  """
                  {"Version": "2012-10-17", "Statement":
                    {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}
                  """));
        }
        levels.add(PolicySet.of(policies));
      }
    }
    return levels;
  }

  private static Access access(JsonNode request) {
    Context.Builder context = Context.builder();
    request
        .get("context")
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isArray()) {
                List<String> values = new ArrayList<>();
                entry.getValue().forEach(value -> values.add(value.asText()));
                context.putAll(entry.getKey(), values);
              } else {
                context.put(entry.getKey(), entry.getValue().asText());
              }
            });
    Context built = context.build();
    return new Access(
        principal(request.get("principal"), built),
        request.get("action").asText(),
        request.get("resource").asText(),
        sameAccount(request)
            ? Optional.empty()
            : Optional.of(request.get("resourceAccount").asText()),
        built);
  }

  private static boolean sameAccount(JsonNode request) {
    String[] fields = request.get("principal").asText().split(":", 6);
    return fields.length == 6 && fields[4].equals(request.get("resourceAccount").asText());
  }

  private static Principal principal(JsonNode node, Context context) {
    if (node.has("anonymous")) {
      return new Principal.Anonymous();
    }
    if (node.has("federated")) {
      return new Principal.Federated(node.get("federated").asText());
    }
    if (!node.asText().startsWith("arn:")) {
      return new Principal.Service(node.asText());
    }
    String arn = node.asText();
    String[] fields = arn.split(":", 6);
    String[] resource = fields[5].split("/");
    String last = resource[resource.length - 1];
    return switch (resource[0]) {
      case "root" -> new Principal.Root(fields[4]);
      case "user" ->
          new Principal.User(
              arn,
              "AIDAEXAMPLE",
              known(context, "aws:username", last),
              known(context, "aws:PrincipalAccount", fields[4]),
              Map.of());
      case "assumed-role" ->
          new Principal.AssumedRole(
              known(
                  context,
                  "aws:PrincipalArn",
                  "arn:aws:iam::%s:role/%s".formatted(fields[4], resource[1])),
              "AROAEXAMPLE",
              resource[1],
              last,
              fields[4],
              Map.of());
      case "federated-user" ->
          new Principal.FederatedUser(
              last,
              "arn:aws:iam::%s:user/%s".formatted(fields[4], last),
              "AIDAEXAMPLE",
              fields[4],
              Map.of());
      default -> throw new IllegalArgumentException(arn);
    };
  }

  /// Some cases say in the context what the principal is.
  private static String known(Context context, String key, String otherwise) {
    return context.find(key).map(value -> ((Context.Value.Single) value).value()).orElse(otherwise);
  }
}
