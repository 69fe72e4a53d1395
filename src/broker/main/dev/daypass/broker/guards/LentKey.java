package dev.daypass.broker.guards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import dev.daypass.policy.Context.Value;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySet;
import dev.daypass.policy.Principal;
import dev.daypass.wire.sigv4.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a guard is lent: the key that signs for one day, region and service, who signs with it, and
/// every policy that has a say about that one. No secret access key can be had from it.
///
/// @param dependencies the keys of changes that end it
public record LentKey(
    SigningKey key, Caller caller, Policies policies, Set<String> dependencies, Instant expiresAt) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Duration LONGEST = Duration.ofHours(1);

  /// What is lent from `now` on: for an hour, or as long as the session lives.
  public static LentKey of(
      SigningKey key, Caller caller, Policies policies, Set<String> dependencies, Instant now) {
    Instant latest = now.plus(LONGEST);
    Instant ends = caller.session().map(Session::expiresAt).orElse(latest);
    return new LentKey(key, caller, policies, dependencies, ends.isBefore(latest) ? ends : latest);
  }

  /// As it is told.
  public ObjectNode toJson() {
    ObjectNode told = JSON.objectNode();
    told.put("signingKey", Base64.getEncoder().encodeToString(key.secret().reveal()));
    told.put("expiresAt", expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
    told.set("principal", principal(caller.principal()));
    caller.mfaAt().ifPresent(at -> told.put("mfaAt", at.toString()));
    caller
        .session()
        .flatMap(Session::sourceIdentity)
        .ifPresent(is -> told.put("sourceIdentity", is));
    ObjectNode context = told.putObject("context");
    caller.ofCredentials().all().forEach((name, value) -> put(context, name, value));
    told.set("policies", layers());
    ArrayNode names = told.putArray("dependencies");
    dependencies.forEach(changed -> names.add(ChangeFeed.nameOf(changed)));
    return told;
  }

  private static void put(ObjectNode context, String name, Value value) {
    switch (value) {
      case Value.Single(var single) -> context.put(name, single);
      case Value.Multiple(var several) -> several.forEach(context.putArray(name)::add);
    }
  }

  private static ObjectNode principal(Principal principal) {
    return switch (principal) {
      case Principal.User user ->
          who("User", user.accountId(), user.tags())
              .put("arn", user.userArn())
              .put("id", user.id())
              .put("name", user.name());
      case Principal.AssumedRole role -> {
        ObjectNode who =
            who("AssumedRole", role.accountId(), role.tags())
                .put("arn", role.roleArn())
                .put("id", role.roleId())
                .put("name", role.roleName())
                .put("session", role.sessionName());
        role.provider().ifPresent(provider -> who.put("provider", provider));
        yield who;
      }
      case Principal.FederatedUser federated ->
          who("FederatedUser", federated.accountId(), federated.tags())
              .put("arn", federated.userArn())
              .put("id", federated.userId())
              .put("name", federated.name());
      case Principal.Root root -> who("Account", root.accountId(), Map.of());
      case Principal.Federated _, Principal.Service _, Principal.Anonymous _ ->
          throw new IllegalStateException("whoever has a key is one of the above");
    };
  }

  private static ObjectNode who(String type, String account, Map<String, String> tags) {
    ObjectNode who = JSON.objectNode().put("type", type).put("account", account);
    ObjectNode told = who.putObject("tags");
    tags.forEach(told::put);
    return who;
  }

  private ObjectNode layers() {
    if (policies.resource().isPresent()) {
      throw new IllegalStateException("the policy of a resource is for its service to say");
    }
    ObjectNode told = JSON.objectNode();
    told.set("identity", texts(policies.identity()));
    put(told, "boundary", policies.boundary());
    put(told, "session", policies.session());
    told.set("serviceControl", levels(policies.serviceControl()));
    told.set("resourceControl", levels(policies.resourceControl()));
    return told;
  }

  private static void put(ObjectNode told, String layer, Optional<PolicySet> set) {
    set.ifPresent(present -> told.set(layer, texts(present)));
  }

  private static ArrayNode levels(List<PolicySet> levels) {
    ArrayNode told = JSON.arrayNode();
    levels.forEach(level -> told.add(texts(level)));
    return told;
  }

  private static ArrayNode texts(PolicySet set) {
    ArrayNode told = JSON.arrayNode();
    for (Policy policy : set.policies()) {
      told.addObject().put("source", policy.source()).put("text", policy.text());
    }
    return told;
  }
}
