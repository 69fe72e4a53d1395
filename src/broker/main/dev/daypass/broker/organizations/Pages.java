package dev.daypass.broker.organizations;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import dev.daypass.broker.database.Page;
import dev.daypass.wire.organizations.MaxResults;
import dev.daypass.wire.organizations.NextToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Pages as Organizations has them: twenty at a time, at most.
final class Pages {
  private static final int USUAL_SIZE = 20;

  private Pages() {}

  static Page.Wanted wanted(Optional<NextToken> token, Optional<MaxResults> size) {
    return new Page.Wanted(
        token.map(given -> decode(given.value())).orElse(""),
        size.map(MaxResults::value).orElse(USUAL_SIZE));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw INVALID_INPUT
          .error("You specified an invalid value for nextToken.")
          .with("reason", "INVALID_PAGINATION_TOKEN");
    }
  }
}
