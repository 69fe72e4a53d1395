package dev.daypass.broker.access;

import dev.daypass.policy.Context;
import java.util.List;

/// Who an identity provider says somebody is: what a session keeps of a web identity.
///
/// @param provider the ARN of the OIDC provider
/// @param subject the token's `sub`
/// @param audience the token's `aud`, one or several
/// @param methods how the person was authenticated: the token's `amr`
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif">Keys
///   of OIDC federation</a>
public record Federation(
    String provider, String subject, List<String> audience, List<String> methods) {
  private static final String KIND = ":oidc-provider/";

  public Federation {
    audience = List.copyOf(audience);
    methods = List.copyOf(methods);
  }

  /// The issuer without its scheme: what the condition keys of its claims begin with.
  public String issuer() {
    return provider.substring(provider.indexOf(KIND) + KIND.length());
  }

  /// As CloudTrail names a web identity.
  public String userId() {
    return provider + ":" + audience.getFirst() + ":" + subject;
  }

  /// Adds the condition keys that a session keeps. The provider itself is the principal's to tell.
  void addTo(Context.Builder context) {
    context.put(issuer() + ":sub", subject);
    if (audience.size() == 1) {
      context.put(issuer() + ":aud", audience.getFirst());
    } else {
      context.putAll(issuer() + ":aud", audience);
    }
    if (!methods.isEmpty()) {
      context.putAll(issuer() + ":amr", methods);
    }
  }

  /// The condition keys that a session keeps.
  public Context context() {
    Context.Builder context = Context.builder();
    addTo(context);
    return context.build();
  }
}
