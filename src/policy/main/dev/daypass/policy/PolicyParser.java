package dev.daypass.policy;

import dev.daypass.policy.Policy.Version;
import dev.daypass.policy.PrincipalElement.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compiles a document, or refuses it in AWS's words. What this cannot make sense of is never
/// ignored.
final class PolicyParser {
  private static final String SYNTAX = "Syntax errors in policy.";
  private static final String LEGACY = "The policy failed legacy parsing";
  private static final String NOT_JSON = "This policy contains invalid Json";
  private static final Set<String> DOCUMENT_ELEMENTS = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT_ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Pattern SID = Pattern.compile("[A-Za-z0-9]*");
  private static final Pattern VENDOR = Pattern.compile("[A-Za-z0-9*?.-]+");

  private final PolicyType type;
  private final String source;
  private final String text;

  PolicyParser(PolicyType type, String source, String text) {
    this.type = type;
    this.source = source;
    this.text = text;
  }

  Policy parse() {
    Json root = Json.parse(text, type == PolicyType.TRUST ? NOT_JSON : SYNTAX);
    Map<String, Json> document = members(root, DOCUMENT_ELEMENTS);
    Version version = version(document.get("Version"));
    Json id = document.get("Id");
    if (id != null) {
      string(id);
    }
    List<Json> written = oneOrMore(required(document.get("Statement"), root));
    if (written.isEmpty()) {
      throw malformed(SYNTAX, root);
    }
    List<Statement> statements = new ArrayList<>();
    for (Json statement : written) {
      statements.add(statement(statement, statements.size(), version));
    }
    checkSids(statements, written);
    return new Policy(type, source, text, version, statements);
  }

  private Version version(@Nullable Json version) {
    String written = version == null ? "2008-10-17" : string(version);
    return switch (written) {
      case "2012-10-17" -> Version.V2012_10_17;
      case "2008-10-17" -> Version.V2008_10_17;
      default -> throw malformed(SYNTAX, required(version, version));
    };
  }

  private Statement statement(Json json, int index, Version version) {
    Map<String, Json> elements = members(json, STATEMENT_ELEMENTS);
    Optional<String> sid = Optional.ofNullable(elements.get("Sid")).map(this::string);
    Effect effect = effect(required(elements.get("Effect"), json));
    PrincipalElement principals = principals(elements, json);
    Statement.Element<ActionPattern> actions = actions(elements, json);
    Statement.Element<ResourcePattern> resources = resources(elements, json, version);
    List<Condition> conditions = new ArrayList<>();
    Json block = elements.get("Condition");
    if (block != null) {
      conditions.addAll(new ConditionParser(version).parse(block));
    }
    return new Statement(
        new StatementId(source, index, sid, json.position()),
        effect,
        principals,
        actions,
        resources,
        conditions);
  }

  private Effect effect(Json json) {
    return switch (string(json)) {
      case "Allow" -> Effect.ALLOW;
      case "Deny" -> Effect.DENY;
      case String other when other.equalsIgnoreCase("allow") || other.equalsIgnoreCase("deny") ->
          throw malformed(LEGACY, json);
      default -> throw malformed(SYNTAX, json);
    };
  }

  private PrincipalElement principals(Map<String, Json> elements, Json statement) {
    Json named = elements.get("Principal");
    Json notNamed = elements.get("NotPrincipal");
    if (!type.namesPrincipals()) {
      if (named != null || notNamed != null) {
        throw malformed("Policy document should not specify a principal.", statement);
      }
      return PrincipalElement.EVERYONE;
    }
    if (named != null && notNamed != null) {
      throw malformed(SYNTAX, statement);
    }
    if (notNamed != null) {
      if (type != PolicyType.RESOURCE) {
        throw malformed("Has prohibited field NotPrincipal", notNamed);
      }
      return new PrincipalElement(true, entries(notNamed));
    }
    if (type == PolicyType.RESOURCE_CONTROL && !isStar(named)) {
      throw malformed("Principal must be \"*\" in a resource control policy", statement);
    }
    if (named == null) {
      if (type == PolicyType.TRUST) {
        throw malformed("Missing required field Principal", statement);
      }
      return PrincipalElement.NOBODY;
    }
    return new PrincipalElement(false, entries(named));
  }

  private static boolean isStar(@Nullable Json principal) {
    return principal instanceof Json.Scalar(var text, _, _) && text.equals("*");
  }

  private List<Entry> entries(Json json) {
    if (json instanceof Json.Scalar scalar) {
      if (!string(scalar).equals("*")) {
        throw malformed(SYNTAX, json);
      }
      return List.of(new Entry.Anyone());
    }
    List<Entry> entries = new ArrayList<>();
    Map<String, Json> kinds = members(json, Set.of("AWS", "Service", "Federated"));
    kinds.forEach(
        (kind, names) ->
            oneOrMore(names).forEach(name -> entries.add(entry(kind, string(name), name))));
    if (entries.isEmpty()) {
      throw malformed("Missing required field Principal", json);
    }
    return entries;
  }

  private Entry entry(String kind, String name, Json json) {
    return switch (kind) {
      case "Service" -> new Entry.Service(name);
      case "Federated" -> new Entry.Federated(name);
      default -> aws(name, json);
    };
  }

  private Entry aws(String name, Json json) {
    if (name.equals("*")) {
      return new Entry.Anyone();
    }
    if (name.matches("\\d{12}")) {
      return new Entry.Account(name);
    }
    if (name.matches("A[A-Z]{3}[A-Z0-9]{12,124}")) {
      return new Entry.ById(name);
    }
    String[] fields = name.split(":", 6);
    boolean known =
        fields.length == 6
            && fields[0].equals("arn")
            && fields[1].startsWith("aws")
            && fields[3].isEmpty()
            && fields[4].matches("\\d{12}")
            && isPrincipal(fields[2], fields[5]);
    if (!known) {
      throw malformed("Invalid principal in policy: \"AWS\":\"%s\"".formatted(name), json);
    }
    return fields[5].equals("root") ? new Entry.Account(fields[4]) : new Entry.ByArn(name);
  }

  /// Patterns are no principals: a lone star is, and nothing like it.
  private static boolean isPrincipal(String service, String resource) {
    if (resource.contains("*") || resource.contains("?")) {
      return false;
    }
    return switch (service) {
      case "iam" -> resource.equals("root") || resource.matches("(user|role)/.+");
      case "sts" -> resource.matches("assumed-role/[^/]+/[^/]+|federated-user/.+");
      default -> false;
    };
  }

  private Statement.Element<ActionPattern> actions(Map<String, Json> elements, Json statement) {
    Json json = oneOf(elements, "Action", "NotAction", statement);
    if (json == null) {
      throw malformed("Policy statement must contain actions.", statement);
    }
    List<ActionPattern> patterns = new ArrayList<>();
    for (Json entry : oneOrMore(json)) {
      String action = string(entry);
      checkAction(action, entry);
      patterns.add(ActionPattern.parse(action));
    }
    if (patterns.isEmpty()) {
      throw malformed("Policy statement must contain actions.", statement);
    }
    return new Statement.Element<>(elements.containsKey("NotAction"), patterns);
  }

  private void checkAction(String action, Json json) {
    if (type == PolicyType.TRUST) {
      TrustActions.check(action, json);
      return;
    }
    if (action.equals("*")) {
      return;
    }
    int colon = action.indexOf(':');
    if (colon < 0) {
      throw malformed(
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", json);
    }
    if (action.indexOf(':', colon + 1) >= 0) {
      throw malformed("Actions/Condition can contain only one colon.", json);
    }
    String vendor = action.substring(0, colon);
    if (!VENDOR.matcher(vendor).matches()) {
      throw malformed(vendor.isEmpty() ? LEGACY : "Vendor %s is not valid".formatted(vendor), json);
    }
  }

  private Statement.Element<ResourcePattern> resources(
      Map<String, Json> elements, Json statement, Version version) {
    Json json = oneOf(elements, "Resource", "NotResource", statement);
    if (json == null) {
      if (type.needsResource()) {
        throw malformed("Policy statement must contain resources.", statement);
      }
      return new Statement.Element<>(false, List.of());
    }
    if (type == PolicyType.TRUST) {
      throw malformed("Has prohibited field Resource", json);
    }
    List<ResourcePattern> patterns = new ArrayList<>();
    for (Json entry : oneOrMore(json)) {
      if (entry instanceof Json.Null) {
        // IAM accepts null among resources, and it names none.
        continue;
      }
      patterns.add(resource(entry, version));
    }
    if (patterns.isEmpty()) {
      throw malformed("Policy statement must contain resources.", statement);
    }
    return new Statement.Element<>(elements.containsKey("NotResource"), patterns);
  }

  private ResourcePattern resource(Json json, Version version) {
    String written = string(json);
    ResourceFormat.check(written, json);
    try {
      return ResourcePattern.parse(written, version == Version.V2012_10_17);
    } catch (IllegalArgumentException _) {
      throw malformed(SYNTAX, json);
    }
  }

  private void checkSids(List<Statement> statements, List<Json> written) {
    boolean free = type == PolicyType.RESOURCE;
    Set<String> seen = new HashSet<>();
    for (Statement statement : statements) {
      String sid = statement.id().sid().orElse("");
      if (!free && !sid.isEmpty() && !(SID.matcher(sid).matches() && seen.add(sid))) {
        throw malformed(
            "Statement IDs (SID) in a single policy must be unique.",
            written.get(statement.id().index()));
      }
    }
  }

  private @Nullable Json oneOf(
      Map<String, Json> elements, String one, String other, Json statement) {
    Json first = elements.get(one);
    Json second = elements.get(other);
    if (first != null && second != null) {
      throw malformed(SYNTAX, statement);
    }
    return first != null ? first : second;
  }

  private static Json required(@Nullable Json json, @Nullable Json around) {
    if (json == null) {
      throw new MalformedPolicy(SYNTAX, around == null ? new Position(1, 1) : around.position());
    }
    return json;
  }

  private static Map<String, Json> members(Json json, Set<String> known) {
    if (json instanceof Json.Members(var values, _) && known.containsAll(values.keySet())) {
      return values;
    }
    throw malformed(SYNTAX, json);
  }

  static List<Json> oneOrMore(Json json) {
    return json instanceof Json.Items(var values, _) ? values : List.of(json);
  }

  private String string(Json json) {
    if (json instanceof Json.Scalar(var written, var kind, _) && kind == Json.Kind.STRING) {
      return written;
    }
    throw malformed(SYNTAX, json);
  }

  static MalformedPolicy malformed(String reason, Json at) {
    return new MalformedPolicy(reason, at.position());
  }
}
