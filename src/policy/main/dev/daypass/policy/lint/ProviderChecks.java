package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Trust in those who sign in elsewhere: an OpenID Connect provider or a SAML one.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html">Roles
///   for OIDC federation</a>
final class ProviderChecks {
  private static final String WITH_SAML = "sts:AssumeRoleWithSAML";
  private static final String WITH_TOKEN = "sts:AssumeRoleWithWebIdentity";
  private static final String GITHUB = "token.actions.githubusercontent.com";

  /// One issuer for all customers: whose token it is only the subject says.
  private static final Set<String> SHARED =
      Set.of(
          "gitlab.com",
          "app.terraform.io",
          "agent.buildkite.com",
          "api.bitbucket.org",
          "oidc.circleci.com",
          "oidc.vercel.com",
          "accounts.google.com");

  private static final Pattern PROVIDER =
      Pattern.compile("arn:[^:]+:iam::\\d{12}:(oidc|saml)-provider/(.+)");
  private static final int LONGEST = 255;
  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+(/.*)?");

  private ProviderChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    if (statement.type() != PolicyType.TRUST) {
      return;
    }
    for (Node name : statement.principals("Federated")) {
      String text = name.text().orElse("");
      if (!PROVIDER.matcher(text).matches() && !isDomain(text)) {
        findings.add(Issue.INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY, name, text);
      }
      if (statement.allows() && statement.names(WITH_TOKEN)) {
        issuer(text).ifPresent(issuer -> claims(statement, name, issuer, findings));
      }
    }
    mismatched(statement, findings);
    github(statement, findings);
    audience(statement, findings);
  }

  /// The host and path of an OpenID Connect provider, with which its keys begin.
  private static Optional<String> issuer(String provider) {
    Matcher arn = PROVIDER.matcher(provider);
    if (arn.matches()) {
      return Optional.of(arn.group(2)).filter(_ -> arn.group(1).equals("oidc"));
    }
    return Optional.of(provider).filter(ProviderChecks::isDomain);
  }

  private static boolean isDomain(String text) {
    return text.length() <= LONGEST && DOMAIN.matcher(text).matches();
  }

  private static void claims(
      DraftStatement statement, Node name, String issuer, Findings findings) {
    boolean subject = statement.looksAt(issuer + ":sub");
    if (!statement.looksAt(issuer + ":")) {
      findings.add(Issue.MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL, name, issuer);
    } else if (!statement.looksAt(issuer + ":aud", issuer + ":azp", issuer + ":app_id")) {
      findings.add(Issue.OIDC_AUDIENCE_NOT_CHECKED, name, issuer + ":aud");
    }
    if (issuer.equals(GITHUB) && !subject) {
      findings.add(Issue.MISSING_GITHUB_REPO_CONDITION_KEY, name, issuer + ":sub");
    } else if (SHARED.contains(issuer.split("/", 2)[0]) && !subject) {
      findings.add(Issue.OIDC_SUBJECT_NOT_CHECKED, name, issuer + ":sub");
    }
  }

  private static void mismatched(DraftStatement statement, Findings findings) {
    List<Node> providers = statement.principals("Federated");
    boolean others =
        !statement.principals("AWS").isEmpty() || !statement.principals("Service").isEmpty();
    for (Node action : statement.strings("Action")) {
      String text = action.text().orElse("");
      if (text.equalsIgnoreCase("sts:AssumeRole") && !others && !providers.isEmpty()) {
        mismatch(action, providers.getFirst(), findings);
      }
      if (text.equalsIgnoreCase(WITH_SAML)) {
        providers.stream()
            .filter(name -> !name.text().orElse("").contains(":saml-provider/"))
            .forEach(name -> mismatch(action, name, findings));
      }
      if (text.equalsIgnoreCase(WITH_TOKEN)) {
        providers.stream()
            .filter(name -> name.text().orElse("").contains(":saml-provider/"))
            .forEach(name -> mismatch(action, name, findings));
      }
    }
  }

  private static void mismatch(Node action, Node name, Findings findings) {
    findings.add(
        Issue.MISMATCHED_ACTION_FOR_PRINCIPAL,
        action,
        action.text().orElse(""),
        name.text().orElse(""));
  }

  private static void github(DraftStatement statement, Findings findings) {
    statement.conditions().stream()
        .filter(condition -> condition.isAbout(GITHUB + ":sub"))
        .filter(condition -> condition.written().contains("Like") && !condition.negated())
        .flatMap(condition -> condition.values().stream())
        .filter(value -> Wildcards.in(value.text().orElse("")))
        .forEach(
            value ->
                findings.add(
                    Issue.SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED,
                    value,
                    value.text().orElse("")));
  }

  private static void audience(DraftStatement statement, Findings findings) {
    statement.conditions().stream()
        .filter(condition -> condition.key().endsWith(":aud"))
        .filter(condition -> condition.qualifier() != DraftCondition.Qualifier.NONE)
        .forEach(
            condition ->
                findings.add(
                    Issue.CONFIRM_AUDIENCE_CLAIM_TYPE, condition.node(), condition.writtenKey()));
  }
}
