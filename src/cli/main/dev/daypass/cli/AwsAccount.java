package dev.daypass.cli;

import static dev.daypass.cli.AwsDetails.text;
import static dev.daypass.cli.AwsDetails.things;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What `aws iam get-account-authorization-details` says about an account, as it is to look in
/// ours.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html">GetAccountAuthorizationDetails</a>
final class AwsAccount {
  /// What came of it.
  ///
  /// @param document what the account is to look like
  /// @param left what was not taken over, and why
  record Taken(Map<String, Object> document, List<String> left) {}

  private static final Set<String> OURS =
      Set.of("AdministratorAccess", "IAMFullAccess", "IAMReadOnlyAccess", "IAMUserChangePassword");
  private static final String SERVICE_LINKED = "/aws-service-role/";

  private static final int LARGEST_MANAGED = 6144;
  private static final int MOST_ATTACHED = 10;
  private static final int LARGEST_TRUST = 2048;

  private final String account;
  private final AwsNames names;
  private final Map<String, Object> details;
  private final List<String> left = new ArrayList<>();
  private final Set<String> policies = new TreeSet<>();
  private final Set<String> groups = new TreeSet<>();
  private final Set<String> principals = new TreeSet<>();

  private AwsAccount(String account, Map<String, Object> details) {
    this.account = account;
    this.details = details;
    this.names = new AwsNames(AwsDetails.account(details), account);
  }

  /// Reads the file's text, or ends the command where it is no such file.
  ///
  /// @param account the account it is taken over to
  static Taken read(String text, String account) {
    Map<String, Object> details;
    try {
      details = JSON.std.mapFrom(text);
    } catch (IOException e) {
      throw new Stop(ExitCode.USAGE, "this is not JSON");
    }
    if (!details.containsKey("UserDetailList") || !details.containsKey("Policies")) {
      throw new Stop(
          ExitCode.USAGE, "this is not what aws iam get-account-authorization-details prints");
    }
    return new AwsAccount(account, details).taken();
  }

  private Taken taken() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("account", account);
    document.put("policies", all("Policies", "PolicyName", "policy", this::policy));
    document.put("groups", all("GroupDetailList", "GroupName", "group", this::group));
    things(details, "UserDetailList")
        .forEach(user -> principals.add(names.ours(text(user, "Arn"))));
    document.put("users", all("UserDetailList", "UserName", "user", this::user));
    document.put("roles", roles());
    if (!principals.isEmpty()) {
      left.add("passwords, access keys and MFA devices: AWS does not tell them");
    }
    return new Taken(document, left);
  }

  private Map<String, Object> all(
      String list,
      String nameField,
      String noun,
      BiFunction<String, Map<?, ?>, Optional<Map<String, Object>>> read) {
    Map<String, Object> all = new TreeMap<>();
    for (Map<?, ?> thing : things(details, list)) {
      String name = text(thing, nameField);
      read.apply(noun + " " + name, thing).ifPresent(taken -> all.put(name, taken));
    }
    return all;
  }

  private Optional<Map<String, Object>> policy(String title, Map<?, ?> policy) {
    if (!AwsDetails.owner(policy).isPresent()) {
      return Optional.empty();
    }
    for (Map<?, ?> version : things(policy, "PolicyVersionList")) {
      if (Boolean.TRUE.equals(version.get("IsDefaultVersion"))) {
        Optional<String> document =
            document(title, PolicyType.IDENTITY, version.get("Document"), LARGEST_MANAGED);
        document.ifPresent(_ -> policies.add(names.ours(text(policy, "Arn"))));
        return document.map(
            text -> {
              Map<String, Object> taken = start(policy);
              taken.put("document", text);
              if (policy.containsKey("Description")) {
                taken.put("description", text(policy, "Description"));
              }
              return taken;
            });
      }
    }
    return leave(title, "it has no default version");
  }

  private Optional<Map<String, Object>> group(String title, Map<?, ?> group) {
    groups.add(text(group, "GroupName"));
    Map<String, Object> taken = start(group);
    permissions(title, group, "GroupPolicyList", taken);
    return Optional.of(taken);
  }

  private Optional<Map<String, Object>> user(String title, Map<?, ?> user) {
    Map<String, Object> taken = start(user);
    List<String> in = new ArrayList<>();
    if (user.get("GroupList") instanceof List<?> names) {
      names.stream().map(Object::toString).filter(groups::contains).forEach(in::add);
    }
    taken.put("groups", in);
    if (!boundary(title, user, taken)) {
      principals.remove(names.ours(text(user, "Arn")));
      return Optional.empty();
    }
    permissions(title, user, "UserPolicyList", taken);
    return Optional.of(taken);
  }

  /// A role is taken over only with all whom it trusts: so often, until no more fall away.
  private Map<String, Object> roles() {
    Map<String, Map<?, ?>> candidates = new TreeMap<>();
    for (Map<?, ?> role : things(details, "RoleDetailList")) {
      String title = "role " + text(role, "RoleName");
      if (text(role, "Path").startsWith(SERVICE_LINKED)) {
        leave(title, "it is linked to a service of AWS");
      } else {
        candidates.put(text(role, "RoleName"), role);
        principals.add(names.ours(text(role, "Arn")));
      }
    }
    Map<String, Object> taken = new TreeMap<>();
    boolean again = true;
    while (again) {
      again = candidates.values().removeIf(this::distrusted);
    }
    candidates.forEach((name, role) -> taken.put(name, role("role " + name, role)));
    return taken;
  }

  private boolean distrusted(Map<?, ?> role) {
    String title = "role " + text(role, "RoleName");
    Optional<String> trust =
        document(title, PolicyType.TRUST, role.get("AssumeRolePolicyDocument"), LARGEST_TRUST);
    Optional<String> unknown =
        trust.flatMap(
            text ->
                Policy.parse(PolicyType.TRUST, title, text).principalArns().stream()
                    .filter(arn -> !principals.contains(arn))
                    .sorted()
                    .findFirst());
    unknown.ifPresent(arn -> leave(title, "it trusts " + arn + ", which is not here"));
    boolean gone =
        trust.isEmpty() || unknown.isPresent() || !boundary(title, role, new LinkedHashMap<>());
    if (gone) {
      principals.remove(names.ours(text(role, "Arn")));
    }
    return gone;
  }

  private Map<String, Object> role(String title, Map<?, ?> role) {
    Map<String, Object> taken = start(role);
    taken.put("trustPolicy", names.document(role.get("AssumeRolePolicyDocument")));
    if (role.containsKey("Description")) {
      taken.put("description", text(role, "Description"));
    }
    if (role.get("MaxSessionDuration") instanceof Number seconds) {
      taken.put("maxSessionDuration", seconds);
    }
    boundary(title, role, taken);
    permissions(title, role, "RolePolicyList", taken);
    return taken;
  }

  private Map<String, Object> start(Map<?, ?> thing) {
    Map<String, Object> taken = new LinkedHashMap<>();
    taken.put("path", text(thing, "Path"));
    Map<String, Object> tags = new LinkedHashMap<>();
    for (Map<?, ?> tag : things(thing, "Tags")) {
      if (!text(tag, "Key").toLowerCase(Locale.ROOT).startsWith("aws:")) {
        tags.put(text(tag, "Key"), text(tag, "Value"));
      }
    }
    if (!tags.isEmpty()) {
      taken.put("tags", tags);
    }
    return taken;
  }

  /// Whoever has a boundary in AWS is not taken over without it: that would be more than it may.
  private boolean boundary(String title, Map<?, ?> thing, Map<String, Object> taken) {
    if (thing.get("PermissionsBoundary") instanceof Map<?, ?> boundary) {
      String arn = names.ours(text(boundary, "PermissionsBoundaryArn"));
      if (!known(arn)) {
        leave(title, "its boundary " + arn + " is not here");
        return false;
      }
      taken.put("permissionsBoundary", arn);
    }
    return true;
  }

  private void permissions(
      String title, Map<?, ?> thing, String inlineList, Map<String, Object> taken) {
    Map<String, Object> inline = new TreeMap<>();
    for (Map<?, ?> policy : things(thing, inlineList)) {
      String name = text(policy, "PolicyName");
      document(
              title + ": inline policy " + name,
              PolicyType.IDENTITY,
              policy.get("PolicyDocument"),
              Integer.MAX_VALUE)
          .ifPresent(text -> inline.put(name, text));
    }
    List<String> managed = new ArrayList<>();
    for (Map<?, ?> policy : things(thing, "AttachedManagedPolicies")) {
      String arn = names.ours(text(policy, "PolicyArn"));
      String about = title + ": managed policy " + arn;
      if (!known(arn)) {
        leave(about, "it is not here");
      } else if (managed.size() == MOST_ATTACHED) {
        leave(about, "no more than %d can be attached".formatted(MOST_ATTACHED));
      } else {
        managed.add(arn);
      }
    }
    taken.put("inlinePolicies", inline);
    taken.put("managedPolicies", managed);
  }

  private boolean known(String arn) {
    String aws = "arn:aws:iam::aws:policy/";
    return policies.contains(arn)
        || (arn.startsWith(aws) && OURS.contains(arn.substring(aws.length())));
  }

  /// The document in ours' words, where it can be evaluated.
  private Optional<String> document(
      String title, PolicyType type, @Nullable Object document, int largest) {
    String text = names.document(document);
    try {
      Policy policy = Policy.parse(type, title, text);
      if (policy.size() > largest) {
        leave(title, "its document is longer than " + largest + " characters");
        return Optional.empty();
      }
      return Optional.of(text);
    } catch (MalformedPolicy malformed) {
      leave(title, malformed.reason());
      return Optional.empty();
    }
  }

  private Optional<Map<String, Object>> leave(String title, String why) {
    left.add(title + ": " + why);
    return Optional.empty();
  }
}
