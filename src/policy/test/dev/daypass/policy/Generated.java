package dev.daypass.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Policies and requests over a small world, so that they often meet.
final class Generated {
  private static final String A = "111122223333";
  private static final String B = "444455556666";
  private static final List<Principal> PRINCIPALS =
      List.of(
          new Principal.Root(A),
          new Principal.User(
              "arn:aws:iam::" + A + ":user/p/alice",
              "AIDAALICEALICEALICE1",
              "alice",
              A,
              Map.of("Team", "red")),
          new Principal.AssumedRole(
              "arn:aws:iam::" + A + ":role/p/ops",
              "AROAOPSOPSOPSOPSOPS1",
              "ops",
              "s1",
              A,
              Map.of("team", "blue")),
          new Principal.FederatedUser(
              "fed", "arn:aws:iam::" + A + ":user/p/alice", "AIDAALICEALICEALICE1", A, Map.of()),
          new Principal.Service("ec2.amazonaws.com"),
          new Principal.Federated("accounts.google.com"),
          new Principal.Anonymous());
  private static final List<String> NAMES =
      List.of(
          "*",
          A,
          B,
          "arn:aws:iam::" + A + ":root",
          "arn:aws:iam::" + A + ":user/p/alice",
          "arn:aws:iam::" + A + ":role/p/ops",
          "arn:aws:sts::" + A + ":assumed-role/ops/s1",
          "arn:aws:sts::" + A + ":federated-user/fed",
          "AIDAALICEALICEALICE1",
          "AROAOPSOPSOPSOPSOPS1",
          "arn:aws:iam::" + B + ":user/p/alice");
  private static final List<String> ACTIONS =
      List.of("s3:Get", "s3:Put", "kms:Sign", "sqs:Get", "S3:GET");
  private static final List<String> ACTION_PATTERNS =
      List.of("*", "s3:*", "s3:Get", "S3:g?t", "kms:*", "*:Get", "s3:P*", "sqs:Get");
  private static final List<String> RESOURCES =
      List.of(
          "arn:aws:s3:::b/alice/x",
          "arn:aws:s3:::b/x",
          "arn:aws:kms:eu:" + A + ":key/1",
          "*",
          "arn:aws:s3:::b/*",
          "arn:AWS:s3:::b/red:y");
  private static final List<String> RESOURCE_PATTERNS =
      List.of(
          "*",
          "arn:aws:s3:::b/*",
          "arn:aws:s3:::b/${aws:username}/*",
          "arn:aws:s3:::*x",
          "arn:aws:s3:::b/${*}",
          "arn:aws:kms:*:" + A + ":key/?",
          "arn:aws:s3",
          "arn:aws:s3:::b/${aws:PrincipalTag/team, 'red'}*",
          "arn:aws:s3:::b/${app:none}*");
  private static final List<String> KEYS =
      List.of("app:a", "app:b", "aws:PrincipalTag/Team", "aws:userid");
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "String",
              List.of("red", "Red", "r*d", "b?ue", "${aws:username}", "${app:b, 'red'}", "*", ""),
          "Numeric", List.of("1", "2.50", "-3"),
          "Date", List.of("2026-01-01", "2026-01-01T12:00:00Z", "1767225600"),
          "Bool", List.of("true", "false"),
          "Binary", List.of("aGk=", "cmVk"),
          "Ip", List.of("10.0.0.0/8", "10.1.2.3", "2001:db8::/32"),
          "Arn",
              List.of(
                  "arn:aws:iam::*:role/*", "*", "arn:aws:iam::1:role/${aws:username}", "arn:*"));
  private static final List<String> SEEN =
      List.of(
          "red",
          "Red",
          "blue",
          "alice",
          "r*d",
          "",
          "1",
          "2.5",
          "-3",
          "2026-01-01T00:00:00Z",
          "1767225601",
          "true",
          "FALSE",
          "aGk=",
          "10.1.2.3",
          "2001:db8::1",
          "arn:aws:iam::1:role/alice",
          "arn:aws:iam::1:role/x");

  private final Random random;

  Generated(Random random) {
    this.random = random;
  }

  Policies policies() {
    boolean trust = chance(6);
    return new Policies(
        set(PolicyType.IDENTITY, random.nextInt(3) == 0 ? 14 : 2),
        maybe(4, () -> set(PolicyType.PERMISSIONS_BOUNDARY, 1)),
        maybe(4, () -> set(PolicyType.SESSION, 2)),
        maybe(2, () -> PolicySet.of(policy(trust ? PolicyType.TRUST : PolicyType.RESOURCE))),
        chance(5)
            ? List.of(set(PolicyType.SERVICE_CONTROL, 3), set(PolicyType.SERVICE_CONTROL, 3))
            : List.of(),
        chance(5) ? List.of(set(PolicyType.RESOURCE_CONTROL, 3)) : List.of());
  }

  /// The same with one more statement of this effect among the identity's.
  Policies plus(Policies policies, String effect) {
    List<Policy> identity = new ArrayList<>(policies.identity().policies());
    identity.add(
        Policy.parse(
            PolicyType.IDENTITY,
            "more",
            "{\"Version\": \"2012-10-17\", \"Statement\": "
                + statement(PolicyType.IDENTITY, effect)
                + "}"));
    return new Policies(
        PolicySet.of(identity),
        policies.boundary(),
        policies.session(),
        policies.resource(),
        policies.serviceControl(),
        policies.resourceControl());
  }

  Access access() {
    Context.Builder context = Context.builder();
    for (String key : KEYS) {
      switch (random.nextInt(4)) {
        case 0 -> context.put(key, one(SEEN));
        case 1 -> context.put(key.toUpperCase(java.util.Locale.ROOT), one(SEEN));
        case 2 -> {
          List<String> several = new ArrayList<>();
          for (int i = random.nextInt(3); i > 0; i--) {
            several.add(one(SEEN));
          }
          context.putAll(key, several);
        }
        default -> {}
      }
    }
    Optional<String> account =
        switch (random.nextInt(3)) {
          case 0 -> Optional.of(A);
          case 1 -> Optional.of(B);
          default -> Optional.empty();
        };
    boolean assume = chance(6);
    return new Access(
        one(PRINCIPALS),
        assume ? "sts:AssumeRole" : one(ACTIONS),
        assume ? "arn:aws:iam::" + A + ":role/r" : one(RESOURCES),
        account,
        context.build());
  }

  String document(PolicyType type) {
    List<String> statements = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      statements.add(statement(type, chance(4) ? "Deny" : "Allow"));
    }
    String version = chance(8) ? "" : "\"Version\": \"2012-10-17\", ";
    return "{" + version + "\"Statement\": [" + String.join(", ", statements) + "]}";
  }

  private Policy policy(PolicyType type) {
    return Policy.parse(type, "generated", document(type));
  }

  private PolicySet set(PolicyType type, int most) {
    List<Policy> policies = new ArrayList<>();
    for (int i = random.nextInt(most); i >= 0; i--) {
      policies.add(policy(type));
    }
    return PolicySet.of(policies);
  }

  private String statement(PolicyType type, String effect) {
    StringBuilder text = new StringBuilder("{\"Effect\": \"" + effect + "\"");
    if (type == PolicyType.TRUST
        || type == PolicyType.RESOURCE
        || type == PolicyType.RESOURCE_CONTROL) {
      String not = type == PolicyType.RESOURCE && effect.equals("Deny") && chance(3) ? "Not" : "";
      String who = type == PolicyType.RESOURCE_CONTROL ? "\"*\"" : principals();
      text.append(", \"%sPrincipal\": %s".formatted(not, who));
    }
    if (type == PolicyType.TRUST) {
      text.append(", \"Action\": \"sts:%s\"".formatted(chance(2) ? "AssumeRole" : "*"));
    } else {
      text.append(", \"%sAction\": %s".formatted(not(8), some(ACTION_PATTERNS)));
      text.append(", \"%sResource\": %s".formatted(not(6), some(RESOURCE_PATTERNS)));
    }
    if (chance(2)) {
      text.append(", \"Condition\": {").append(condition()).append("}");
    }
    return text.append("}").toString();
  }

  private String principals() {
    return switch (random.nextInt(4)) {
      case 0 -> "\"*\"";
      case 1 -> "{\"Service\": \"ec2.amazonaws.com\", \"Federated\": \"accounts.google.com\"}";
      default -> "{\"AWS\": " + some(NAMES) + "}";
    };
  }

  private String condition() {
    Operator operator = one(List.of(Operator.values()));
    String set = one(List.of("", "", "ForAllValues:", "ForAnyValue:"));
    String ifExists = operator != Operator.NULL && chance(4) ? "IfExists" : "";
    return "\"%s%s%s\": {\"%s\": %s}"
        .formatted(set, operator.wireName(), ifExists, one(KEYS), some(values(operator)));
  }

  private static List<String> values(Operator operator) {
    String name = operator.wireName().replace("Not", "");
    return VALUES.entrySet().stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(VALUES.get("Bool"));
  }

  private String some(List<String> among) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      some.add("\"" + one(among) + "\"");
    }
    return "[" + String.join(", ", some) + "]";
  }

  private String not(int oneIn) {
    return chance(oneIn) ? "Not" : "";
  }

  private Optional<PolicySet> maybe(int oneIn, java.util.function.Supplier<PolicySet> set) {
    return chance(oneIn) ? Optional.of(set.get()) : Optional.empty();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T one(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }
}
