package dev.daypass.broker.saml;

import static dev.daypass.broker.saml.Xml.ASSERTION;
import static dev.daypass.wire.ErrorCode.EXPIRED_WEB_IDENTITY_TOKEN;
import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.w3c.dom.Element;

/// Reads an assertion as the web browser SSO profile has it (SAML V2.0 Profiles §4.1.4), and
/// refuses it unless it is of this issuer, for this place, for this audience, and for now.
final class AssertionReader {
  private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  private static final String UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

  /// AWS: an assertion must be redeemed so soon after it was issued.
  static final Duration REDEEMED_WITHIN = Duration.ofMinutes(5);

  /// How far clocks may be apart.
  static final Duration SKEW = Duration.ofMinutes(1);

  private static final int LONGEST_NAME = 1024;
  private static final int MOST_VALUES = 1000;

  private final String issuer;
  private final String recipient;
  private final Set<String> audiences;
  private final Instant now;

  /// @param recipient the URL at which assertions are to be presented
  AssertionReader(String issuer, String recipient, Set<String> audiences, Instant now) {
    this.issuer = issuer;
    this.recipient = recipient;
    this.audiences = audiences;
    this.now = now;
  }

  Assertion read(Element assertion) {
    if (!Xml.attribute(assertion, "Version").equals(Optional.of("2.0"))) {
      throw invalid("The assertion is not of SAML 2.0.");
    }
    if (!Xml.text(required(assertion, "Issuer")).equals(issuer)) {
      throw invalid("Issuer not present in specified provider");
    }
    Instant issuedAt = time(assertion, "IssueInstant");
    checkAge(issuedAt);
    checkConditions(required(assertion, "Conditions"));
    Element subject = required(assertion, "Subject");
    checkConfirmation(subject);
    Element name = required(subject, "NameID");
    return new Assertion(
        bounded(Xml.attribute(assertion, "ID").orElse("")),
        issuer,
        issuedAt,
        bounded(Xml.text(name)),
        bounded(Xml.attribute(name, "Format").orElse(UNSPECIFIED)),
        recipient,
        endsAt(assertion),
        attributes(assertion));
  }

  private void checkAge(Instant issuedAt) {
    if (now.isAfter(issuedAt.plus(REDEEMED_WITHIN))) {
      throw expired();
    }
    if (issuedAt.isAfter(now.plus(SKEW))) {
      throw invalid("The assertion was issued in the future.");
    }
  }

  private static RuntimeException expired() {
    return EXPIRED_WEB_IDENTITY_TOKEN.error("Token must be redeemed within 5 minutes of issuance");
  }

  private void checkConditions(Element conditions) {
    if (optionalTime(conditions, "NotBefore")
        .filter(is -> is.isAfter(now.plus(SKEW)))
        .isPresent()) {
      throw invalid("The assertion is not valid yet.");
    }
    if (optionalTime(conditions, "NotOnOrAfter").filter(is -> !is.isAfter(now)).isPresent()) {
      throw expired();
    }
    List<Element> restrictions = Xml.children(conditions, ASSERTION, "AudienceRestriction");
    // Each restriction must be met, by one of its audiences.
    if (restrictions.isEmpty() || !restrictions.stream().allMatch(this::meant)) {
      throw invalid("The audience of the assertion is another.");
    }
  }

  private boolean meant(Element restriction) {
    return Xml.children(restriction, ASSERTION, "Audience").stream()
        .map(Xml::text)
        .anyMatch(audiences::contains);
  }

  /// One confirmation must hold: of a bearer, at this place, in time.
  private void checkConfirmation(Element subject) {
    Predicate<Element> holds =
        confirmation ->
            Xml.attribute(confirmation, "Method").filter(BEARER::equals).isPresent()
                && Xml.child(confirmation, ASSERTION, "SubjectConfirmationData")
                    .filter(this::holds)
                    .isPresent();
    if (Xml.children(subject, ASSERTION, "SubjectConfirmation").stream().noneMatch(holds)) {
      throw invalid(
          "The assertion has no SubjectConfirmation for a bearer, with the Recipient %s, that has"
                  .formatted(recipient)
              + " not expired.");
    }
  }

  private boolean holds(Element data) {
    return Xml.attribute(data, "Recipient").filter(recipient::equals).isPresent()
        && optionalTime(data, "NotOnOrAfter").filter(is -> is.isAfter(now)).isPresent()
        && Xml.attribute(data, "NotBefore").isEmpty();
  }

  /// When the provider's own session ends; the earliest, where several say so.
  private Optional<Instant> endsAt(Element assertion) {
    List<Element> statements = Xml.children(assertion, ASSERTION, "AuthnStatement");
    if (statements.isEmpty()) {
      throw invalid("The assertion has no AuthnStatement.");
    }
    Optional<Instant> end =
        statements.stream()
            .flatMap(statement -> optionalTime(statement, "SessionNotOnOrAfter").stream())
            .min(Instant::compareTo);
    if (end.filter(is -> !is.isAfter(now)).isPresent()) {
      throw expired();
    }
    return end;
  }

  private static Map<String, List<String>> attributes(Element assertion) {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    int count = 0;
    for (Element statement : Xml.children(assertion, ASSERTION, "AttributeStatement")) {
      for (Element attribute : Xml.children(statement, ASSERTION, "Attribute")) {
        List<String> values =
            Xml.children(attribute, ASSERTION, "AttributeValue").stream().map(Xml::text).toList();
        count += values.size();
        attributes
            .computeIfAbsent(Xml.attribute(attribute, "Name").orElse(""), _ -> new ArrayList<>())
            .addAll(values);
      }
    }
    if (count > MOST_VALUES) {
      throw invalid("The assertion has too many attributes.");
    }
    return attributes;
  }

  private static Element required(Element parent, String name) {
    return Xml.child(parent, ASSERTION, name)
        .orElseThrow(() -> invalid("The assertion has no %s.".formatted(name)));
  }

  private static Instant time(Element element, String attribute) {
    return optionalTime(element, attribute)
        .orElseThrow(() -> invalid("The assertion has no %s.".formatted(attribute)));
  }

  /// SAML's times are in UTC and say so (SAML V2.0 Core §1.3.3).
  private static Optional<Instant> optionalTime(Element element, String attribute) {
    try {
      return Xml.attribute(element, attribute).map(OffsetDateTime::parse).map(AssertionReader::utc);
    } catch (DateTimeException _) {
      throw invalid("%s is no time.".formatted(attribute));
    }
  }

  private static Instant utc(OffsetDateTime time) {
    if (time.getYear() < 1 || time.getYear() > 9999) {
      throw new DateTimeException("out of range");
    }
    return time.toInstant();
  }

  private static String bounded(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      throw invalid("A name in the assertion is missing or too long.");
    }
    return text;
  }

  private static RuntimeException invalid(String what) {
    return INVALID_IDENTITY_TOKEN.error(what);
  }
}
