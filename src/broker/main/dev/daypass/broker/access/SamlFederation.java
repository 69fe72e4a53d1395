package dev.daypass.broker.access;

import static dev.daypass.broker.access.OidcFederation.text;

import dev.daypass.policy.Context;
import java.util.Map;

/// Who a SAML provider says somebody is.
///
/// @param provider the ARN of the SAML provider
/// @param subject the assertion's `NameID`
/// @param subjectType what kind of name that is: `persistent`, `transient`, or the URI of another
///   format
/// @param nameQualifier a name for the account, the issuer and the provider together, which tells
///   equal subjects of different providers apart
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml">Keys
///   of SAML federation</a>
public record SamlFederation(
    String provider, String subject, String subjectType, String nameQualifier)
    implements Federation {
  static final String NAME_QUALIFIER = "nq";

  @Override
  public String userId() {
    return nameQualifier + ":" + subject;
  }

  @Override
  public Context context() {
    return Context.builder()
        .put("saml:namequalifier", nameQualifier)
        .put("saml:sub", subject)
        .put("saml:sub_type", subjectType)
        .build();
  }

  @Override
  public Map<String, Object> claim() {
    return Map.of(
        "idp", provider, "sub", subject, "type", subjectType, NAME_QUALIFIER, nameQualifier);
  }

  static SamlFederation of(Map<String, ?> claim) {
    return new SamlFederation(
        text(claim, "idp"), text(claim, "sub"), text(claim, "type"), text(claim, NAME_QUALIFIER));
  }
}
