package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import dev.daypass.policy.PrincipalElement.Entry;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Principals for an [AccessSearch]: one for each that policies name, and some that nobody names.
final class PrincipalCandidates {
  /// An account that policies do not name, unless they mean it.
  static final String OTHER_ACCOUNT = "999999999999";

  private static final String UNNAMED = "unnamed.example.com";
  private static final Set<String> OWN =
      Set.of(
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principaltype",
          "aws:principalisawsservice",
          "aws:userid",
          "aws:username");
  private static final String TAG = "aws:principaltag/";

  static final Principal.User SOMEONE = user("arn:aws:iam::" + OTHER_ACCOUNT + ":user/someone");
  static final Principal NOBODY = new Principal.Anonymous();
  private static final Principal SESSION =
      role("arn:aws:iam::" + OTHER_ACCOUNT + ":role/somebody", "somebody", "session");
  private static final Principal FEDERATED =
      new Principal.FederatedUser(
          "somebody",
          "arn:aws:iam::" + OTHER_ACCOUNT + ":user/someone",
          "AIDASOMEONE",
          OTHER_ACCOUNT,
          Map.of());

  private PrincipalCandidates() {}

  /// @param keys the condition keys that play a part
  static Set<Principal> of(List<Statement> statements, Set<String> keys) {
    Set<Principal> candidates = new LinkedHashSet<>(List.of(SOMEONE));
    boolean names =
        statements.stream()
            .anyMatch(statement -> !statement.principals().equals(PrincipalElement.EVERYONE));
    if (names || keys.stream().anyMatch(PrincipalCandidates::ofPrincipal)) {
      candidates.addAll(List.of(SESSION, FEDERATED, new Principal.Root(OTHER_ACCOUNT)));
    }
    if (names) {
      candidates.add(NOBODY);
      candidates.add(new Principal.Service(UNNAMED));
      candidates.add(new Principal.Federated(UNNAMED));
      statements.stream()
          .flatMap(statement -> statement.principals().entries().stream())
          .forEach(entry -> candidates.addAll(named(entry)));
    }
    return candidates;
  }

  private static boolean ofPrincipal(String key) {
    return OWN.contains(key) || key.startsWith(TAG);
  }

  private static List<Principal> named(Entry entry) {
    return switch (entry) {
      case Entry.Anyone _ -> List.of();
      case Entry.Account(var id) ->
          List.of(
              new Principal.Root(id),
              user("arn:aws:iam::" + id + ":user/someone"),
              role("arn:aws:iam::" + id + ":role/somebody", "somebody", "session"));
      case Entry.ByArn(var arn) -> List.of(byArn(arn));
      case Entry.ById(var id) -> List.of(byId(id));
      case Entry.Service(var name) -> List.of(new Principal.Service(name));
      case Entry.Federated(var provider) -> List.of(new Principal.Federated(provider));
    };
  }

  private static Principal byArn(String arn) {
    String[] fields = arn.split(":", ArnFields.LAST + 1);
    String[] path = fields[ArnFields.LAST].split("/");
    String last = path[path.length - 1];
    return switch (path[0]) {
      case "role" -> role(arn, last, "session");
      case "assumed-role" -> role("arn:aws:iam::" + fields[4] + ":role/" + path[1], path[1], last);
      case "federated-user" ->
          new Principal.FederatedUser(
              last,
              "arn:aws:iam::" + fields[4] + ":user/someone",
              "AIDASOMEONE",
              fields[4],
              Map.of());
      default -> user(arn);
    };
  }

  private static Principal byId(String id) {
    return id.startsWith("AROA")
        ? new Principal.AssumedRole(
            "arn:aws:iam::" + OTHER_ACCOUNT + ":role/somebody",
            id,
            "somebody",
            "session",
            OTHER_ACCOUNT,
            Map.of())
        : new Principal.User(
            "arn:aws:iam::" + OTHER_ACCOUNT + ":user/someone",
            id,
            "someone",
            OTHER_ACCOUNT,
            Map.of());
  }

  private static Principal.User user(String arn) {
    String account = arn.split(":", ArnFields.LAST + 1)[4];
    return new Principal.User(
        arn, "AIDASOMEONE", arn.substring(arn.lastIndexOf('/') + 1), account, Map.of());
  }

  private static Principal role(String arn, String name, String session) {
    String account = arn.split(":", ArnFields.LAST + 1)[4];
    return new Principal.AssumedRole(arn, "AROASOMEBODY", name, session, account, Map.of());
  }

  /// The request with these keys, those of the principal made so as to be its own; nothing where no
  /// such principal could be.
  static Optional<Access> with(Access access, Map<String, Optional<Value>> keys) {
    Context.Builder context = Context.builder();
    Map<String, String> own = new LinkedHashMap<>();
    Map<String, String> tags = new LinkedHashMap<>();
    keys.forEach(
        (key, value) -> {
          if (value.isPresent() && value.get() instanceof Value.Single(var single)) {
            if (key.startsWith(TAG)) {
              tags.put(key.substring(TAG.length()), single);
            } else if (OWN.contains(key)) {
              own.put(key, single);
            }
            // A principal that has no such key of its own has what the context says.
            context.put(key, single);
          } else if (value.isPresent() && value.get() instanceof Value.Multiple(var several)) {
            context.putAll(key, several);
          }
        });
    Access changed =
        new Access(
            changed(access.principal(), own, tags),
            access.action(),
            access.resource(),
            access.resourceAccount(),
            context.build());
    Question question = new Question(changed, false);
    boolean possible =
        keys.entrySet().stream()
            .allMatch(
                key -> Optional.ofNullable(question.find(key.getKey())).equals(key.getValue()));
    return possible ? Optional.of(changed) : Optional.empty();
  }

  private static Principal changed(
      Principal principal, Map<String, String> own, Map<String, String> tags) {
    return switch (principal) {
      case Principal.User user ->
          new Principal.User(
              own.getOrDefault("aws:principalarn", user.userArn()),
              own.getOrDefault("aws:userid", user.id()),
              own.getOrDefault("aws:username", user.name()),
              own.getOrDefault("aws:principalaccount", user.accountId()),
              tags);
      case Principal.AssumedRole role -> {
        String[] id = own.getOrDefault("aws:userid", ":").split(":", 2);
        boolean named = own.containsKey("aws:userid") && id.length == 2;
        yield new Principal.AssumedRole(
            own.getOrDefault("aws:principalarn", role.roleArn()),
            named ? id[0] : role.roleId(),
            role.roleName(),
            named ? id[1] : role.sessionName(),
            own.getOrDefault("aws:principalaccount", role.accountId()),
            tags,
            role.provider());
      }
      case Principal.FederatedUser federated ->
          new Principal.FederatedUser(
              federated.name(),
              federated.userArn(),
              federated.userId(),
              own.getOrDefault("aws:principalaccount", federated.accountId()),
              tags);
      case Principal.Root root ->
          new Principal.Root(own.getOrDefault("aws:principalaccount", root.accountId()));
      case Principal.Service _, Principal.Federated _, Principal.Anonymous _ -> principal;
    };
  }
}
