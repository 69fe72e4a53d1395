package dev.daypass.broker.access;

import dev.daypass.policy.Context;
import java.util.Map;

/// What a call touches.
///
/// @param arn as policies name it
/// @param account whose it is
/// @param context the condition keys that come with it
public record Target(String arn, String account, Context context) {
  /// Something without tags.
  public static Target of(String arn, String account) {
    return new Target(arn, account, Context.EMPTY);
  }

  /// Something with tags, which conditions can look at.
  public static Target tagged(String arn, String account, Map<String, String> tags) {
    Context.Builder context = Context.builder();
    tags.forEach(
        (key, value) ->
            context.put("aws:ResourceTag/" + key, value).put("iam:ResourceTag/" + key, value));
    return new Target(arn, account, context.build());
  }

  /// The same, with more known about the request.
  public Target with(Context more) {
    return new Target(arn, account, context.with(more));
  }
}
