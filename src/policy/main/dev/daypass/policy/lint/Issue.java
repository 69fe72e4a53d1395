package dev.daypass.policy.lint;

import static dev.daypass.policy.lint.Issue.Origin.DAYPASS;
import static dev.daypass.policy.lint.Kind.ERROR;
import static dev.daypass.policy.lint.Kind.SECURITY_WARNING;
import static dev.daypass.policy.lint.Kind.SUGGESTION;
import static dev.daypass.policy.lint.Kind.WARNING;

/// All that can be found in a policy. A name is Access Analyzer's issue code, unless the issue is
/// one that only Daypass tells; the sentence has a `%s` for each thing it speaks of.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Policy
///   checks</a>
public enum Issue {
  // The document.
  JSON_SYNTAX_ERROR(ERROR, "Not JSON, nested too deep, or a name twice in one object: %s"),
  MALFORMED_POLICY_DOCUMENT(ERROR, DAYPASS, "Refused when it is saved: %s"),
  DATA_TYPE_MISMATCH(ERROR, "Write %s here."),
  INVALID_POLICY_ELEMENT(ERROR, "There is no element `%s` here."),
  MISSING_VERSION(WARNING, "Without Version this is 2008-10-17: write 2012-10-17."),
  INVALID_VERSION(ERROR, "There is no version `%s`: write 2012-10-17."),
  OLD_VERSION(SUGGESTION, DAYPASS, "2008-10-17 has no policy variables: write 2012-10-17."),
  MISSING_STATEMENT(ERROR, "A policy needs a statement."),
  POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA(
      WARNING, "%s characters without white space; %s at most."),
  POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA(
      WARNING, "%s characters without white space; %s at most."),
  POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA(WARNING, "%s characters; most resources take %s."),
  POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA(WARNING, DAYPASS, "%s characters; %s at most."),
  POLICY_SIZE_EXCEEDS_SCP_QUOTA(ERROR, "%s characters; %s at most."),
  POLICY_SIZE_EXCEEDS_RCP_QUOTA(ERROR, "%s characters; %s at most."),

  // A statement.
  UNIQUE_SIDS_REQUIRED(ERROR, "Sid `%s` stands twice; in this policy type it must not."),
  UNIQUE_SIDS_RECOMMENDED(WARNING, "Sid `%s` stands twice; nobody can tell which is meant."),
  UNSUPPORTED_SID(ERROR, "Sid `%s` may have letters and digits only."),
  EMPTY_SID_VALUE(SUGGESTION, "Give Sid a value, or leave it out."),
  MISSING_EFFECT(ERROR, "Say Allow or Deny in Effect."),
  INVALID_EFFECT(ERROR, "Effect is Allow or Deny, spelled so; not `%s`."),
  MISSING_ACTION(ERROR, "Say which actions, in Action or NotAction."),
  MISSING_RESOURCE(ERROR, "Say which resources, in Resource or NotResource."),
  MISSING_PRINCIPAL(ERROR, "Say who, in Principal."),
  UNSUPPORTED_ELEMENT_COMBINATION(ERROR, "`%s` and `%s` exclude each other."),
  UNSUPPORTED_PRINCIPAL(ERROR, "A %s names no principals."),
  REDUNDANT_STATEMENT(SUGGESTION, "Another statement, `%s`, says all of this."),
  EMPTY_ARRAY_ACTION(SUGGESTION, "No actions: the statement does nothing."),
  EMPTY_ARRAY_RESOURCE(SUGGESTION, "No resources: the statement does nothing."),
  EMPTY_ARRAY_PRINCIPAL(SUGGESTION, "No principals: the statement does nothing."),
  EMPTY_OBJECT_PRINCIPAL(SUGGESTION, "No principals: the statement does nothing."),
  EMPTY_OBJECT_CONDITION(SUGGESTION, "No conditions: the block does nothing."),

  // Service and resource control policies.
  SCP_SYNTAX_ERROR_PRINCIPAL(ERROR, "A service control policy names no principals."),
  SCP_SYNTAX_ERROR_WILDCARD_IN_SERVICE_NAME_OF_ACTION(ERROR, "`%s`: spell the service out."),
  RCP_SYNTAX_ERROR_PRINCIPAL(ERROR, "A resource control policy speaks of Principal \"*\" only."),
  RCP_SYNTAX_ERROR_ALLOW(ERROR, "Allow takes all principals and resources, and no condition."),
  RCP_SYNTAX_ERROR_NOTACTION(ERROR, "A resource control policy has no NotAction."),
  RCP_SYNTAX_ERROR_ACTION(ERROR, "`%s`: name a service."),
  RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY(
      WARNING, "`%s` hits services too: spare them by aws:PrincipalIsAWSService false."),
  RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY(
      WARNING, "`%s` hits people too: spare them by aws:PrincipalIsAWSService true."),
  RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK(
      WARNING, "`%s` can be absent: add Null aws:SourceAccount false."),

  // Actions.
  INVALID_ACTION(ERROR, "No action is called `%s`: write `service:Name`."),
  INVALID_SERVICE_IN_ACTION(ERROR, "No service is called `%s`."),
  WILDCARD_IN_SERVICE_NAME(SUGGESTION, "`%s`: spell the service out; others have such names."),
  REDUNDANT_ACTION(SUGGESTION, "`%s` is within `%s`."),
  ALLOW_WITH_NOT_ACTION(WARNING, DAYPASS, "All but these are allowed, also what comes later."),
  STAR_ACTION_WITH_STAR_RESOURCE(WARNING, DAYPASS, "This allows everything."),
  ASSUME_ROLE_WITH_STAR_IN_RESOURCE(
      SECURITY_WARNING, DAYPASS, "Every role that trusts the account can be assumed."),
  PASS_ROLE_WITH_STAR_IN_RESOURCE(SECURITY_WARNING, "iam:PassRole for every role: name some."),
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE(
      SECURITY_WARNING, "The wildcards include iam:PassRole, for every role: name some."),
  PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION(
      SECURITY_WARNING, "NotAction leaves iam:PassRole, for every role: name some."),
  PASS_ROLE_WITH_NOT_RESOURCE(SECURITY_WARNING, "iam:PassRole for all but these: name some."),
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE(
      SECURITY_WARNING, "The wildcard includes iam:PassRole, for all but these: name some."),
  PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE(
      SECURITY_WARNING, "NotAction leaves iam:PassRole, for all but these: name some."),
  CREATE_SLR_WITH_STAR_IN_RESOURCE(
      WARNING, "iam:CreateServiceLinkedRole for every service: name some."),
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE(
      WARNING, "The wildcards include iam:CreateServiceLinkedRole, for every service: name some."),
  CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION(
      WARNING, "NotAction leaves iam:CreateServiceLinkedRole, for every service: name some."),
  CREATE_SLR_WITH_NOT_RESOURCE(
      WARNING, "iam:CreateServiceLinkedRole for all but these: name some."),
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE(
      WARNING, "The wildcard includes iam:CreateServiceLinkedRole, for all but these: name some."),
  CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE(
      WARNING, "NotAction leaves iam:CreateServiceLinkedRole, for all but these: name some."),

  // Resources.
  INVALID_ARN_PREFIX(ERROR, "`%s` is neither an ARN nor \"*\"."),
  MISSING_ARN_FIELD(ERROR, "`%s` is short: arn:partition:service:region:account:resource."),
  INVALID_PARTITION(ERROR, "There is no partition `%s`."),
  INVALID_ARN_SERVICE_CASE(ERROR, "Write the service `%s` in lower case."),
  INVALID_ARN_ACCOUNT(ERROR, "An account is twelve digits; `%s` is not."),
  INVALID_ARN_RESOURCE(ERROR, "`%s` names no resource."),
  ARN_REGION_NOT_ALLOWED(ERROR, "Resources of `%s` have no region."),
  ARN_ACCOUNT_NOT_ALLOWED(ERROR, "Buckets have no account in their ARNs; `%s` has."),
  MISSING_ARN_ACCOUNT(ERROR, "Resources of `%s` have an account."),
  WILDCARD_IN_RESOURCE_TYPE(WARNING, DAYPASS, "`%s`: spell the type of the resource out."),
  REDUNDANT_RESOURCE(SUGGESTION, "`%s` is within `%s`."),
  ALLOW_WITH_NOT_RESOURCE(WARNING, DAYPASS, "All but these are allowed, also what comes later."),

  // Principals.
  INVALID_PRINCIPAL_FORMAT(ERROR, "Principal is \"*\", or an object of kinds and names."),
  INVALID_PRINCIPAL_KEY(ERROR, "There is no kind of principal `%s`."),
  UNSUPPORTED_WILDCARD_IN_PRINCIPAL(ERROR, "`%s`: names of principals are no patterns."),
  INVALID_ROLE_REFERENCE(WARNING, "`%s` is a role's id, perhaps of one deleted: write its ARN."),
  INVALID_USER_REFERENCE(WARNING, "`%s` is a user's id, perhaps of one deleted: write its ARN."),
  INVALID_SERVICE_PRINCIPAL_FORMAT(ERROR, "`%s` is no service: write `name.amazonaws.com`."),
  ALLOW_WITH_NOT_PRINCIPAL(SECURITY_WARNING, "All but these are allowed, also the anonymous."),
  DENY_NOT_PRINCIPAL_WITHOUT_ACCOUNT(
      WARNING, DAYPASS, "`%s` is denied by way of its account: list that as well."),
  REDUNDANT_PRINCIPAL(SUGGESTION, DAYPASS, "`%s` is within `%s`."),
  RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL(
      SECURITY_WARNING, "`%s` acts for whoever asks: add aws:SourceArn or aws:SourceAccount."),
  ALLOW_ANYONE_WITHOUT_CONDITION(
      SECURITY_WARNING, DAYPASS, "Everyone of any account is allowed, without a condition."),

  // Trust policies.
  ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE(ERROR, "The role is the resource: leave `%s` out."),
  ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL(ERROR, "A trust policy has no NotPrincipal."),
  ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL(
      ERROR, "AWS takes no bare \"*\" here: name whom the role trusts."),
  INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY(
      ERROR, "`%s` is neither a provider's domain nor its ARN."),
  MISMATCHED_ACTION_FOR_PRINCIPAL(ERROR, "`%s` cannot be called by `%s`."),
  MISSING_ACTION_FOR_CONDITION_KEY(ERROR, "`%s` is only set where `%s` is allowed."),
  MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY(ERROR, "Roles Anywhere needs `%s` too."),
  MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL(
      SECURITY_WARNING, "Whoever signs in at `%s` is let in: add conditions on its claims."),
  MISSING_GITHUB_REPO_CONDITION_KEY(
      SECURITY_WARNING, "Every repository on GitHub is let in: add a condition on `%s`."),
  OIDC_AUDIENCE_NOT_CHECKED(
      SECURITY_WARNING, DAYPASS, "Tokens for other applications are let in: add `%s`."),
  OIDC_SUBJECT_NOT_CHECKED(
      SECURITY_WARNING, DAYPASS, "Every customer of this provider is let in: add `%s`."),
  SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED(
      WARNING, "`%s` can be more than one repository and branch."),
  CONFIRM_AUDIENCE_CLAIM_TYPE(SUGGESTION, "`%s` has one value, unless tokens carry several."),
  ACCOUNT_WITHOUT_EXTERNAL_ID(
      SUGGESTION, DAYPASS, "If `%s` is somebody else's account, ask for sts:ExternalId."),
  REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY(SUGGESTION, "`%s` is a session of `%s`."),

  // Conditions.
  INVALID_CONDITION_OPERATOR(ERROR, "There is no operator `%s`."),
  NULL_WITH_IF_EXISTS(ERROR, "Null asks for existence itself: leave IfExists out."),
  NULL_WITH_QUALIFIER(SUGGESTION, "Null does not look at values: leave the qualifier out."),
  DUPLICATE_KEYS_WITH_DIFFERENT_CASE(ERROR, "`%s` stands twice: keys have no case."),
  INVALID_CONDITION_KEY_FORMAT(ERROR, "`%s` is no key: write `service:name`."),
  INVALID_GLOBAL_CONDITION_KEY(ERROR, "There is no key `%s`."),
  DEPRECATED_GLOBAL_CONDITION_KEY(WARNING, "`%s` is gone: write aws:PrincipalArn."),
  MISSING_TAG_KEY_IN_CONDITION(ERROR, "`%s` must go on with a slash and the tag's key."),
  EMPTY_ARRAY_CONDITION(SUGGESTION, "No values for `%s`."),
  EMPTY_ARRAY_CONDITION_FORALLVALUES(SUGGESTION, "Only holds when `%s` is absent: use Null."),
  EMPTY_ARRAY_CONDITION_FORANYVALUE(SUGGESTION, "Never holds: no values for `%s`."),
  EMPTY_ARRAY_CONDITION_IFEXISTS(SUGGESTION, "Only holds when `%s` is absent: use Null."),
  FORALLVALUES_WITH_SINGLE_VALUED_KEY(
      SECURITY_WARNING, "`%s` has one value, and ForAllValues holds when it has none."),
  FORANYVALUE_WITH_SINGLE_VALUED_KEY(WARNING, DAYPASS, "`%s` has one value: no ForAnyValue."),
  FORALLVALUES_WITHOUT_NULL_CHECK(
      SECURITY_WARNING, DAYPASS, "ForAllValues holds when `%s` is absent: add Null false."),
  MISSING_QUALIFIER(ERROR, "`%s` can have several values: say ForAllValues or ForAnyValue."),
  TYPE_MISMATCH(WARNING, "`%s` is compared by %s operators, not by `%s`."),
  TYPE_MISMATCH_BOOLEAN(WARNING, "`%s` is neither true nor false."),
  TYPE_MISMATCH_DATE(WARNING, "`%s` is no date: write 2026-01-31 or 2026-01-31T23:59:00Z."),
  TYPE_MISMATCH_IP_RANGE(ERROR, "`%s` is no range of addresses: write 203.0.113.0/24."),
  TYPE_MISMATCH_NUMBER(WARNING, "`%s` is no number."),
  TYPE_MISMATCH_STRING(WARNING, "`%s` is not base64."),
  INVALID_CONDITION_DATA_TYPE(ERROR, "Values of one key are strings, or all numbers or booleans."),
  INVALID_CONDITION_MULTIPLE_BOOLEAN(ERROR, "Say true or false, not several."),
  INVALID_DATE_VALUE(WARNING, "`%s` is read as seconds since 1970: write 2026-01-31."),
  WILDCARD_WITHOUT_LIKE_OPERATOR(WARNING, "`%s` is taken literally: `%s` knows no wildcards."),
  LIKE_WITHOUT_WILDCARD(SUGGESTION, DAYPASS, "`%s` without a wildcard: use the Equals operator."),
  REDUNDANT_CONDITION_VALUE(SUGGESTION, DAYPASS, "`%s` is within `%s`."),
  REDUNDANT_CONDITION_VALUE_NUM(SUGGESTION, "Only `%s` counts among these."),
  REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION(SUGGESTION, "`%s` always holds: leave it out."),
  EQUIVALENT_TO_NULL_FALSE(SUGGESTION, "This asks whether `%s` is there: write Null false."),
  EQUIVALENT_TO_NULL_TRUE(SUGGESTION, "This asks whether `%s` is absent: write Null true."),
  WILDCARD_USAGE_TOO_PERMISSIVE(ERROR, "No wildcards in `%s`: it says whom you trust."),
  VARIABLE_USAGE_TOO_PERMISSIVE(ERROR, "No variables in `%s`: it says whom you trust."),
  UNTRUSTWORTHY_CONDITION_KEY(SECURITY_WARNING, "The caller chooses `%s`."),
  MISSING_PAIRED_CONDITION_KEYS(SECURITY_WARNING, "`%s` means little without `%s`."),
  INVALID_VPC_FORMAT(ERROR, "`%s` is no VPC: write vpc- and 8 or 17 digits."),
  INVALID_VPCE_FORMAT(ERROR, "`%s` is no VPC endpoint: write vpce- and 8 or 17 digits."),

  // Addresses.
  IMPROVE_IP_RANGE(SUGGESTION, "Bits behind the mask do not count: write `%s`."),
  IP_RANGE_OF_EVERYTHING(WARNING, DAYPASS, "`%s` is every address."),
  PRIVATE_IP_ADDRESS(WARNING, "Private addresses only: AWS sees public ones, Daypass may not."),
  PRIVATE_NOT_IP_ADDRESS(WARNING, "Private addresses only: AWS never sees one to exclude."),
  PRIVATE_IP_ADDRESS_SUBSET(SUGGESTION, "`%s` is private: AWS never sees it, Daypass may."),
  PRIVATE_NOT_IP_ADDRESS_SUBSET(SUGGESTION, "`%s` is private: AWS never sees it, Daypass may."),

  // MFA.
  MFA_IFEXISTS_IN_ALLOW(
      SECURITY_WARNING, DAYPASS, "Long-term keys have no such key and are let in: use Bool."),
  MFA_FALSE_WITHOUT_IFEXISTS_IN_DENY(
      SECURITY_WARNING, DAYPASS, "Long-term keys have no such key and pass: use BoolIfExists."),
  MFA_AGE_IFEXISTS_IN_ALLOW(
      SECURITY_WARNING, DAYPASS, "Without MFA there is no age: leave IfExists out."),
  MFA_AGE_WITHOUT_IFEXISTS_IN_DENY(
      SECURITY_WARNING, DAYPASS, "Without MFA there is no age and this passes: add IfExists."),

  // Variables.
  VARIABLE_UNSUPPORTED_IN_VERSION(ERROR, "`%s` is plain text before version 2012-10-17."),
  VARIABLE_UNSUPPORTED_IN_ELEMENT(ERROR, "`%s`: no variables here."),
  INVALID_VARIABLE_FOR_OPERATOR(ERROR, "`%s`: variables stand with String and Arn operators."),
  MISSING_BRACE_IN_VARIABLE(ERROR, "`%s` has no closing brace."),
  MISSING_QUOTE_IN_VARIABLE(ERROR, "Write the default of `%s` in single quotes."),
  UNSUPPORTED_SPACE_IN_VARIABLE(ERROR, "`%s`: no space, but one before a default."),
  UNSUPPORTED_SYMBOL_IN_VARIABLE(ERROR, "`%s`: no braces or quotes in a key."),
  EMPTY_VARIABLE(ERROR, "`${}` names no key."),
  MULTI_VALUED_KEY_IN_VARIABLE(WARNING, DAYPASS, "`%s` has several values, so it has none here.");

  /// Who tells an issue under this code.
  public enum Origin {
    ACCESS_ANALYZER,
    DAYPASS
  }

  private final Kind kind;
  private final Origin origin;
  private final String sentence;

  Issue(Kind kind, String sentence) {
    this(kind, Origin.ACCESS_ANALYZER, sentence);
  }

  Issue(Kind kind, Origin origin, String sentence) {
    this.kind = kind;
    this.origin = origin;
    this.sentence = sentence;
  }

  public String code() {
    return name();
  }

  public Kind kind() {
    return kind;
  }

  public Origin origin() {
    return origin;
  }

  /// What it says, with an ellipsis for what differs: one line for a manual.
  public String doc() {
    return sentence.replaceAll("%(\\d\\$)?s", "…");
  }

  String sentence(Object... about) {
    return sentence.formatted(about);
  }
}
