package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import dev.daypass.policy.ResourceFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// How resources are written, and too many of them.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns">ARNs</a>
final class ResourceChecks {
  private static final int FIELDS = 6;
  private static final Set<String> GLOBAL = Set.of("iam", "s3");
  private static final Set<String> OF_AN_ACCOUNT = Set.of("iam", "sts");
  private static final Pattern ACCOUNT =
      Pattern.compile("\\d{12}|[\\d*?]{0,12}[*?][\\d*?]{0,12}|aws");
  private static final Pattern NO_BUCKET =
      Pattern.compile("(accesspoint|job|storage-lens|storage-lens-group|access-grants)[/:].*");

  private ResourceChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    for (String element : List.of("Resource", "NotResource")) {
      List<Node> resources = statement.strings(element);
      resources.forEach(resource -> written(resource, findings));
      Redundancy.within(resources, UnaryOperator.identity(), Issue.REDUNDANT_RESOURCE, findings);
    }
    if (statement.allows() && !ActionChecks.isCeiling(statement.type())) {
      statement
          .find("NotResource")
          .filter(_ -> statement.type() != PolicyType.TRUST)
          .ifPresent(node -> findings.add(Issue.ALLOW_WITH_NOT_RESOURCE, node));
    }
  }

  private static void written(Node resource, Findings findings) {
    String text = resource.text().orElse("");
    if (Wildcards.isEverything(text)) {
      return;
    }
    String[] fields = text.split(":", FIELDS);
    if (!fields[0].equals("arn")) {
      findings.add(Issue.INVALID_ARN_PREFIX, resource, text);
    } else if (fields.length < FIELDS) {
      findings.add(Issue.MISSING_ARN_FIELD, resource, text);
    } else {
      heads(resource, fields, findings);
      account(resource, fields, findings);
      tail(resource, fields, findings);
    }
  }

  private static void heads(Node resource, String[] fields, Findings findings) {
    String service = fields[2];
    if (!ResourceFormat.isPartition(fields[1])) {
      findings.add(Issue.INVALID_PARTITION, resource, fields[1]);
    }
    if (!service.equals(service.toLowerCase(Locale.ROOT))) {
      findings.add(Issue.INVALID_ARN_SERVICE_CASE, resource, service);
    }
    if (Wildcards.in(service)) {
      findings.add(Issue.WILDCARD_IN_SERVICE_NAME, resource, resource.text().orElse(""));
    }
    if (GLOBAL.contains(service) && !fields[3].isEmpty() && !fields[3].equals("*")) {
      findings.add(Issue.ARN_REGION_NOT_ALLOWED, resource, service);
    }
  }

  private static void account(Node resource, String[] fields, Findings findings) {
    String account = fields[4];
    if (account.isEmpty()) {
      if (OF_AN_ACCOUNT.contains(fields[2])) {
        findings.add(Issue.MISSING_ARN_ACCOUNT, resource, fields[2]);
      }
      return;
    }
    // VariableChecks tells of a variable here.
    if (!ACCOUNT.matcher(account).matches() && !account.contains("${")) {
      findings.add(Issue.INVALID_ARN_ACCOUNT, resource, account);
    }
    boolean bucket = fields[2].equals("s3") && !NO_BUCKET.matcher(fields[5]).matches();
    if (bucket && !Wildcards.in(account)) {
      findings.add(Issue.ARN_ACCOUNT_NOT_ALLOWED, resource, resource.text().orElse(""));
    }
  }

  private static void tail(Node resource, String[] fields, Findings findings) {
    String tail = fields[5];
    if (tail.isEmpty()) {
      findings.add(Issue.INVALID_ARN_RESOURCE, resource, resource.text().orElse(""));
      return;
    }
    String type = tail.split("/", 2)[0];
    // Elsewhere what comes first need not be a type.
    if (OF_AN_ACCOUNT.contains(fields[2]) && !tail.equals("*") && Wildcards.in(type)) {
      findings.add(Issue.WILDCARD_IN_RESOURCE_TYPE, resource, type);
    }
  }
}
