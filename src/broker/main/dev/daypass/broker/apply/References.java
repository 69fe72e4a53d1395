package dev.daypass.broker.apply;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.desired.Desired;
import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyPath;
import java.util.HashMap;
import java.util.Map;

/// The ARNs behind the names of the account's own policies.
final class References {
  private final Inventory now;
  private final Map<Inventory.Key, Desired.Policy> desired = new HashMap<>();

  References(Desired wanted, Inventory now) {
    this.now = now;
    wanted
        .policies()
        .forEach(
            policy -> desired.put(new Inventory.Key(Kind.POLICY, policy.name().value()), policy));
  }

  /// The ARN that a file means; `ValidationError` for the name of no policy.
  PolicyArn policy(String reference) {
    if (reference.startsWith("arn:")) {
      return new PolicyArn(reference);
    }
    Inventory.Key key = new Inventory.Key(Kind.POLICY, reference);
    if (now.things().containsKey(key)) {
      return new PolicyArn(arn(now.things().get(key)));
    }
    if (desired.containsKey(key)) {
      Desired.Policy policy = desired.get(key);
      String path = policy.path().map(PolicyPath::value).orElse("/");
      return new PolicyArn(arn(now.account(), Kind.POLICY, path, policy.name().value()));
    }
    throw VALIDATION_ERROR.error(
        "There is no policy named %s, neither in the files nor in the account."
            .formatted(reference));
  }

  String arn(Inventory.Thing thing) {
    return arn(now.account(), thing.kind(), thing.path(), thing.name());
  }

  static String arn(String account, Kind kind, String path, String name) {
    return Arn.iam(account, kind.noun() + path + name).toString();
  }
}
