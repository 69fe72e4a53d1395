package dev.daypass.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what GetAccountAuthorizationDetails answers. What is not there is empty.
final class AwsDetails {
  private static final Pattern OWN_ARN = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):.+");

  private AwsDetails() {}

  /// The things of a list.
  static List<Map<?, ?>> things(Map<?, ?> from, String list) {
    List<Map<?, ?>> all = new ArrayList<>();
    if (from.get(list) instanceof List<?> items) {
      items.forEach(
          item -> {
            if (item instanceof Map<?, ?> thing) {
              all.add(thing);
            }
          });
    }
    return all;
  }

  static String text(Map<?, ?> thing, String field) {
    Object value = thing.get(field);
    return value == null ? "" : value.toString();
  }

  /// The account that a thing belongs to; none for what is AWS's own.
  static Optional<String> owner(Map<?, ?> thing) {
    Matcher arn = OWN_ARN.matcher(text(thing, "Arn"));
    return arn.matches() ? Optional.of(arn.group(1)) : Optional.empty();
  }

  /// The account that all of it is about; none where there is nothing.
  static Optional<String> account(Map<?, ?> details) {
    return List.of("UserDetailList", "RoleDetailList", "GroupDetailList", "Policies").stream()
        .flatMap(list -> things(details, list).stream())
        .flatMap(thing -> owner(thing).stream())
        .findFirst();
  }
}
