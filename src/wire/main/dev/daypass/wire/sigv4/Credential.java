package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.INCOMPLETE_SIGNATURE;
import static dev.daypass.wire.ErrorCode.SIGNATURE_DOES_NOT_MATCH;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The `Credential` part of a signature: `AKIA…/20150830/us-east-1/iam/aws4_request`.
final class Credential {
  private static final int ELEMENTS = 5;
  private static final int DATE_LENGTH = 8;
  // Self-hosted: whatever region the client is configured with is a valid one.
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

  private Credential() {}

  static void checkAlgorithm(String algorithm, List<String> known) {
    if (!known.contains(algorithm)) {
      throw INCOMPLETE_SIGNATURE.error(
          "Unsupported AWS 'algorithm': '%s' (only %s for now). "
              .formatted(algorithm, String.join(" and ", known)));
    }
  }

  static String accessKeyId(Authorization authorization) {
    return authorization.credential().split("/", 2)[0];
  }

  static Scope scope(Authorization authorization, SignedService service) {
    String[] elements = authorization.credential().split("/", -1);
    if (elements.length != ELEMENTS) {
      throw INCOMPLETE_SIGNATURE.error(
          "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '%s'"
              .formatted(authorization.credential()));
    }
    String signedDate = authorization.date().substring(0, DATE_LENGTH);
    List<String> wrong = new ArrayList<>();
    boolean right = service.region().isEmpty() || service.region().get().equals(elements[2]);
    if (!right || !REGION.matcher(elements[2]).matches()) {
      wrong.add("Credential should be scoped to a valid region, not '%s'. ".formatted(elements[2]));
    }
    if (!elements[3].equals(service.name())) {
      wrong.add("Credential should be scoped to correct service: '%s'. ".formatted(service.name()));
    }
    if (!elements[4].equals(Scope.TERMINATOR)) {
      wrong.add(
          "Credential should be scoped with a valid terminator: 'aws4_request', not '%s'. "
              .formatted(elements[4]));
    }
    if (!elements[1].equals(signedDate)) {
      wrong.add(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'."
              .formatted(elements[1], signedDate, authorization.date()));
    }
    if (!wrong.isEmpty()) {
      throw SIGNATURE_DOES_NOT_MATCH.error(String.join("", wrong));
    }
    return new Scope(elements[1], elements[2], elements[3]);
  }
}
