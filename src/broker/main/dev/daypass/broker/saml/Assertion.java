package dev.daypass.broker.saml;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a verified assertion says.
///
/// @param id unique among the assertions of its issuer
/// @param subject the `NameID`, and `format` the URI of what kind of name it is
/// @param recipient where it was to be presented
/// @param endsAt when the person's session at the provider ends
/// @param attributes the values of each, by its name
record Assertion(
    String id,
    String issuer,
    Instant issuedAt,
    String subject,
    String format,
    String recipient,
    Optional<Instant> endsAt,
    Map<String, List<String>> attributes) {
  /// The one value of an attribute; absent where it has none, or several.
  Optional<String> one(String name) {
    List<String> values = attributes.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
