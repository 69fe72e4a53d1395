package dev.daypass.policy.lint;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A key whose type is known: all of `aws:`, and what STS and IAM bring.
///
/// @param name in lower case; one that ends in a slash goes on with a tag's key
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global
///   condition keys</a>
record ContextKey(String name, ValueType type, boolean multiValued, boolean sensitive) {
  private static final String TABLE =
      """
      ARN      aws:PrincipalArn aws:SourceArn aws:SourceVpcArn aws:SignInSessionArn
      ARN      aws:ChatbotSourceArn sts:TaskPolicyArn iam:PolicyARN iam:AssociatedResourceArn
      ARN      lambda:SourceFunctionArn ec2:SourceInstanceArn iam:PermissionsBoundary
      ARN+     sts:RequestContextProviders
      STRING!  aws:PrincipalAccount aws:PrincipalOrgID aws:ResourceAccount aws:ResourceOrgID
      STRING!  aws:SourceAccount aws:SourceOrgID aws:SourceVpc aws:SourceVpce aws:VpceAccount
      STRING!  aws:VpceOrgID
      STRING   aws:PrincipalType aws:PrincipalServiceName aws:PrincipalTag/ aws:userid aws:username
      STRING   aws:SourceIdentity aws:FederatedProvider aws:RequestedRegion aws:UserAgent
      STRING   aws:Referer aws:CalledViaFirst aws:CalledViaLast aws:ResourceTag/ aws:RequestTag/
      STRING   aws:Ec2InstanceSourceVpc aws:CalledViaAWSMCP
      STRING   sts:ExternalId sts:RoleSessionName sts:SourceIdentity sts:AWSServiceName
      STRING   sts:RequestContext/ iam:PassedToService iam:AWSServiceName iam:ResourceTag/
      STRING   iam:RegisterSecurityKey iam:FIDO-certification iam:FIDO-FIPS-140-2-certification
      STRING   iam:FIDO-FIPS-140-3-certification
      STRING+  aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:VpceOrgPaths aws:CalledVia
      STRING+  aws:SourceOrgPaths aws:ResourceOrgPaths aws:TagKeys
      STRING+  sts:TransitiveTagKeys sts:IdentityTokenAudience
      BOOL     aws:PrincipalIsAWSService aws:MultiFactorAuthPresent aws:AssumedRoot
      BOOL     aws:SecureTransport aws:ViaAWSService aws:ViaAWSMCPService aws:IsMcpServiceAction
      NUMERIC  aws:MultiFactorAuthAge sts:DurationSeconds
      DATE     aws:TokenIssueTime aws:CurrentTime aws:EpochTime
      IP       aws:SourceIp aws:VpcSourceIp aws:Ec2InstanceSourcePrivateIPv4
      """;
  private static final Map<String, ContextKey> KNOWN = new LinkedHashMap<>();

  static {
    TABLE.lines().forEach(ContextKey::readRow);
  }

  /// A type, with `+` for several values and `!` for keys that say whom to trust, and names.
  private static void readRow(String row) {
    String[] words = row.split(" +");
    String type = words[0];
    for (String name : Arrays.copyOfRange(words, 1, words.length)) {
      String folded = name.toLowerCase(Locale.ROOT);
      KNOWN.put(
          folded,
          new ContextKey(
              folded,
              ValueType.valueOf(type.replaceAll("[+!]", "")),
              type.endsWith("+"),
              type.endsWith("!")));
    }
  }

  /// The key of this name, in any case.
  static Optional<ContextKey> find(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    if (folded.endsWith(":amr")) {
      // The one claim of a sign-in elsewhere that is a list.
      return Optional.of(new ContextKey(folded, ValueType.STRING, true, false));
    }
    int slash = folded.indexOf('/');
    boolean tagged = slash >= 0 && slash < folded.length() - 1;
    return Optional.ofNullable(KNOWN.get(tagged ? folded.substring(0, slash + 1) : folded))
        .filter(key -> tagged == key.name().endsWith("/"));
  }

  /// Whether it is a key for tags without the tag.
  static boolean lacksTag(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return KNOWN.containsKey(folded.endsWith("/") ? folded : folded + "/");
  }
}
