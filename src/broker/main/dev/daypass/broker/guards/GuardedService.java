package dev.daypass.broker.guards;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Target;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Service;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A service that checks requests itself, as the permissions of its guard name it:
/// `arn:aws:daypass:eu-west-1:111122223333:service/orders`.
public record GuardedService(String name, String region) {
  /// Our own name in scopes and actions, for what guards call.
  public static final String SIGNING_NAME = "daypass";

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /// What the broker itself takes signatures for. Nobody else is ever lent a key for that.
  private static final Set<String> OURS =
      Stream.concat(
              Arrays.stream(Service.values()).map(Service::signingName), Stream.of(SIGNING_NAME))
          .collect(Collectors.toUnmodifiableSet());

  /// Fails with `ValidationError` for what is no name, and with `AccessDenied` for a service of
  /// ours.
  public GuardedService {
    if (!NAME.matcher(name).matches() || !NAME.matcher(region).matches()) {
      throw VALIDATION_ERROR.error("service and region are of a-z, 0-9 and -, at most 64");
    }
    if (isOurs(name)) {
      throw ACCESS_DENIED.error("Keys for `%s` are lent to nobody.".formatted(name));
    }
  }

  /// Whether the broker itself takes signatures for this name.
  public static boolean isOurs(String name) {
    return OURS.contains(name);
  }

  /// What a guard touches: the service in the guard's own account.
  public Target of(String account) {
    return Target.of(
        new Arn("aws", SIGNING_NAME, region, account, "service/" + name).toString(), account);
  }
}
