package dev.daypass.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.policy.Context.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The rules of the policy language written down once more, slowly and obviously: straight from the
/// text of the policies, without compiling, indexing or sharing anything with the evaluator.
final class Reference {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What one set of policies says.
  private record Said(boolean denies, boolean direct, boolean viaParent, boolean account) {
    static final Said NOTHING = new Said(false, false, false, false);

    boolean allows() {
      return direct || viaParent || account;
    }
  }

  private final Policies policies;
  private final Access access;

  Reference(Policies policies, Access access) {
    this.policies = policies;
    this.access = access;
  }

  /// `allowed`, `explicitDeny` or `implicitDeny`, and for refusals the type of policy.
  String decide() throws Exception {
    List<Said> rcp = each(policies.resourceControl());
    List<Said> scp = each(policies.serviceControl());
    Said resource = said(policies.resource());
    Said identity = said(Optional.of(policies.identity()));
    Said boundary = said(policies.boundary());
    Said session = said(policies.session());
    String resourceType =
        policies.resource().map(set -> set.policies().getFirst().type().name()).orElse("RESOURCE");

    if (rcp.stream().anyMatch(Said::denies)) return "explicitDeny RESOURCE_CONTROL";
    if (scp.stream().anyMatch(Said::denies)) return "explicitDeny SERVICE_CONTROL";
    if (resource.denies()) return "explicitDeny " + resourceType;
    if (identity.denies()) return "explicitDeny IDENTITY";
    if (boundary.denies()) return "explicitDeny PERMISSIONS_BOUNDARY";
    if (session.denies()) return "explicitDeny SESSION";
    if (!rcp.stream().allMatch(Said::allows)) return "implicitDeny RESOURCE_CONTROL";
    if (!scp.stream().allMatch(Said::allows)) return "implicitDeny SERVICE_CONTROL";

    Principal principal = access.principal();
    boolean outside =
        principal instanceof Principal.Service
            || principal instanceof Principal.Federated
            || principal instanceof Principal.Anonymous;
    if (outside) return resource.allows() ? "allowed" : "implicitDeny " + resourceType;

    boolean same =
        access.resourceAccount().isEmpty()
            || access.resourceAccount().get().equals(principal.account().get());
    if (same && resource.direct()) return "allowed";
    boolean grantedByResource = same && resource.viaParent();
    boolean resourceNeeded =
        !same
            || resourceType.equals("TRUST")
            || policies.resource().isPresent()
                && access.action().toLowerCase(Locale.ROOT).startsWith("kms:");
    if (!grantedByResource) {
      if (resourceNeeded && !resource.allows()) return "implicitDeny " + resourceType;
      if (!(principal instanceof Principal.Root) && !identity.allows()) {
        return "implicitDeny IDENTITY";
      }
    }
    if (policies.boundary().isPresent() && !boundary.allows()) {
      return "implicitDeny PERMISSIONS_BOUNDARY";
    }
    boolean limited = policies.session().isPresent();
    boolean sessionAllows =
        limited ? session.allows() : !(principal instanceof Principal.FederatedUser);
    return sessionAllows ? "allowed" : "implicitDeny SESSION";
  }

  private List<Said> each(List<PolicySet> levels) throws Exception {
    List<Said> all = new ArrayList<>();
    for (PolicySet level : levels) {
      all.add(said(Optional.of(level)));
    }
    return all;
  }

  private Said said(Optional<PolicySet> set) throws Exception {
    if (set.isEmpty()) {
      return Said.NOTHING;
    }
    boolean denies = false;
    boolean direct = false;
    boolean viaParent = false;
    boolean account = false;
    for (Policy policy : set.get().policies()) {
      JsonNode document = JSON.readTree(policy.text());
      boolean variables = document.path("Version").asText().equals("2012-10-17");
      for (JsonNode statement : list(document.get("Statement"))) {
        boolean deny = statement.get("Effect").asText().equals("Deny");
        String how = principal(statement, deny, policy.type());
        if (how.equals("none")
            || !action(statement)
            || !resource(statement, deny, variables)
            || !new ReferenceConditions(access, variables)
                .hold(statement.path("Condition"), deny)) {
          continue;
        }
        denies |= deny;
        direct |= !deny && how.equals("direct");
        viaParent |= !deny && how.equals("parent");
        account |= !deny && how.equals("account");
      }
    }
    return new Said(denies, direct, viaParent, account);
  }

  private String principal(JsonNode statement, boolean deny, PolicyType type) {
    boolean ofPrincipal =
        type != PolicyType.TRUST
            && type != PolicyType.RESOURCE
            && type != PolicyType.RESOURCE_CONTROL;
    if (ofPrincipal) {
      return "direct";
    }
    if (statement.has("NotPrincipal")) {
      boolean named = !named(statement.get("NotPrincipal")).equals("none");
      boolean spared = named && !(deny && policies.boundary().isPresent());
      return spared ? "none" : "direct";
    }
    return statement.has("Principal") ? named(statement.get("Principal")) : "none";
  }

  private String named(JsonNode principal) {
    if (principal.isTextual()) {
      return "direct";
    }
    List<String> hows = new ArrayList<>();
    for (JsonNode name : list(principal.path("Service"))) {
      hows.add(access.principal().equals(new Principal.Service(name.asText())) ? "direct" : "none");
    }
    for (JsonNode name : list(principal.path("Federated"))) {
      hows.add(
          access.principal().equals(new Principal.Federated(name.asText())) ? "direct" : "none");
    }
    for (JsonNode name : list(principal.path("AWS"))) {
      hows.add(aws(name.asText()));
    }
    for (String how : List.of("direct", "parent", "account")) {
      if (hows.contains(how)) {
        return how;
      }
    }
    return "none";
  }

  private String aws(String name) {
    Principal who = access.principal();
    String account = who.account().orElse("nobody's");
    if (name.equals("*") || name.equals(who.arn().orElse("nobody's"))) {
      return "direct";
    }
    if (name.equals(account) || name.equals("arn:aws:iam::" + account + ":root")) {
      return who instanceof Principal.Root ? "direct" : "account";
    }
    return switch (who) {
      case Principal.AssumedRole role
          when name.equals(role.roleArn()) || name.equals(role.roleId()) ->
          "parent";
      case Principal.FederatedUser federated
          when name.equals(federated.userArn()) || name.equals(federated.userId()) ->
          "parent";
      case Principal.User user when name.equals(user.id()) -> "direct";
      default -> "none";
    };
  }

  private boolean action(JsonNode statement) {
    boolean negated = statement.has("NotAction");
    for (JsonNode pattern : list(statement.get(negated ? "NotAction" : "Action"))) {
      String[] wanted = pattern.asText().toLowerCase(Locale.ROOT).split(":", 2);
      String[] asked = access.action().toLowerCase(Locale.ROOT).split(":", 2);
      if (wanted.length == 1 || (wanted[0].equals(asked[0]) && glob(wanted[1], asked[1]))) {
        return !negated;
      }
    }
    return negated;
  }

  private boolean resource(JsonNode statement, boolean deny, boolean variables) {
    boolean negated = statement.has("NotResource");
    if (!negated && !statement.has("Resource")) {
      return true;
    }
    boolean unclear = false;
    for (JsonNode pattern : list(statement.get(negated ? "NotResource" : "Resource"))) {
      Optional<String> text =
          ReferenceConditions.substitute(pattern.asText(), access, variables, true);
      unclear |= text.isEmpty();
      if (text.isPresent() && resource(text.get())) {
        return !negated;
      }
    }
    return negated && (deny || !unclear);
  }

  private boolean resource(String pattern) {
    if (pattern.matches("\\*+")) {
      return true;
    }
    String[] wanted = pattern.split(":", 6);
    String[] asked = access.resource().split(":", 6);
    if (asked.length < 6) {
      return false;
    }
    for (int i = 0; i < 6; i++) {
      String field = i < wanted.length ? wanted[i] : "*";
      boolean same =
          i < 5
              ? glob(field.toLowerCase(Locale.ROOT), asked[i].toLowerCase(Locale.ROOT))
              : glob(field, asked[i]);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /// Wildcards by the book; `\u0001` and `\u0002` stand for a star and a question mark themselves.
  static boolean glob(String pattern, String text) {
    boolean[][] matches = new boolean[pattern.length() + 1][text.length() + 1];
    matches[0][0] = true;
    for (int p = 1; p <= pattern.length(); p++) {
      char c = pattern.charAt(p - 1);
      for (int t = 0; t <= text.length(); t++) {
        matches[p][t] =
            switch (c) {
              case '*' -> matches[p - 1][t] || (t > 0 && matches[p][t - 1]);
              case '?' -> t > 0 && matches[p - 1][t - 1];
              default ->
                  t > 0
                      && matches[p - 1][t - 1]
                      && (c == '\u0001' ? '*' : c == '\u0002' ? '?' : c) == text.charAt(t - 1);
            };
      }
    }
    return matches[pattern.length()][text.length()];
  }

  static List<JsonNode> list(JsonNode node) {
    List<JsonNode> all = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(all::add);
    } else if (!node.isMissingNode()) {
      all.add(node);
    }
    return all;
  }

  /// What a condition key holds: the principal's own first.
  static Optional<Value> find(String key, Access access) {
    Context.Builder own = Context.builder();
    switch (access.principal()) {
      case Principal.User user -> {
        own.put("aws:PrincipalArn", user.userArn()).put("aws:PrincipalType", "User");
        own.put("aws:userid", user.id()).put("aws:username", user.name());
        user.tags().forEach((name, value) -> own.put("aws:PrincipalTag/" + name, value));
      }
      case Principal.AssumedRole role -> {
        own.put("aws:PrincipalArn", role.roleArn()).put("aws:PrincipalType", "AssumedRole");
        own.put("aws:userid", role.roleId() + ":" + role.sessionName());
        role.tags().forEach((name, value) -> own.put("aws:PrincipalTag/" + name, value));
      }
      case Principal.FederatedUser federated -> {
        own.put("aws:PrincipalArn", federated.arn()).put("aws:PrincipalType", "FederatedUser");
        own.put("aws:userid", federated.accountId() + ":" + federated.name());
      }
      case Principal.Root root ->
          own.put("aws:PrincipalArn", root.arn())
              .put("aws:PrincipalType", "Account")
              .put("aws:userid", root.accountId());
      case Principal.Anonymous _ ->
          own.put("aws:PrincipalType", "Anonymous")
              .put("aws:PrincipalAccount", "anonymous")
              .put("aws:userid", "anonymous");
      case Principal.Service _, Principal.Federated _ -> {}
    }
    own.put("aws:PrincipalAccount", access.principal().account());
    Optional<Value> found = own.build().find(key);
    boolean claimed =
        access.principal().account().isPresent()
            && List.of(
                    "aws:principalarn",
                    "aws:principalaccount",
                    "aws:principaltype",
                    "aws:userid",
                    "aws:username")
                .contains(key.toLowerCase(Locale.ROOT));
    return found.isPresent() || claimed ? found : access.context().find(key);
  }
}
