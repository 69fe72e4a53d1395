package dev.daypass.broker.access;

import dev.daypass.policy.Context;
import java.util.List;
import java.util.Map;

/// Who an OIDC provider says somebody is.
///
/// @param provider the ARN of the OIDC provider
/// @param subject the token's `sub`
/// @param audience the token's `aud`, one or several
/// @param methods how the person was authenticated: the token's `amr`
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif">Keys
///   of OIDC federation</a>
public record OidcFederation(
    String provider, String subject, List<String> audience, List<String> methods)
    implements Federation {
  private static final String KIND = ":oidc-provider/";

  public OidcFederation {
    audience = List.copyOf(audience);
    methods = List.copyOf(methods);
  }

  /// The issuer without its scheme: what the condition keys of its claims begin with.
  public String issuer() {
    return provider.substring(provider.indexOf(KIND) + KIND.length());
  }

  @Override
  public String userId() {
    return provider + ":" + audience.getFirst() + ":" + subject;
  }

  @Override
  public Context context() {
    Context.Builder context = Context.builder().put(issuer() + ":sub", subject);
    if (audience.size() == 1) {
      context.put(issuer() + ":aud", audience.getFirst());
    } else {
      context.putAll(issuer() + ":aud", audience);
    }
    if (!methods.isEmpty()) {
      context.putAll(issuer() + ":amr", methods);
    }
    return context.build();
  }

  @Override
  public Map<String, Object> claim() {
    return Map.of("idp", provider, "sub", subject, "aud", audience, "amr", methods);
  }

  static OidcFederation of(Map<String, ?> claim) {
    return new OidcFederation(
        text(claim, "idp"), text(claim, "sub"), texts(claim, "aud"), texts(claim, "amr"));
  }

  static String text(Map<String, ?> claim, String name) {
    if (claim.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + " is missing");
  }

  private static List<String> texts(Map<String, ?> claim, String name) {
    if (claim.get(name) instanceof List<?> list) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new IllegalArgumentException(name + " is missing");
  }
}
