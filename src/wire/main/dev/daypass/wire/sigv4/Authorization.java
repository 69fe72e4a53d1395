package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.INCOMPLETE_SIGNATURE;
import static dev.daypass.wire.ErrorCode.MISSING_AUTHENTICATION_TOKEN;

import dev.daypass.wire.query.Form;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The parts of a signature, from whichever place they stood in.
///
/// @param date as written
/// @param inHeader whether they stood in the `Authorization` header rather than in the query
record Authorization(
    String algorithm,
    String credential,
    List<String> signedHeaders,
    String signature,
    String date,
    Optional<String> sessionToken,
    Timeliness timeliness,
    boolean inHeader) {
  static final String SIGNATURE_PARAMETER = "X-Amz-Signature";
  private static final Duration LONGEST_PRESIGNED = Duration.ofDays(7);

  static Authorization of(HttpMessage message) {
    List<String> headers = message.values("authorization").toList();
    Form query = parameters(message.query());
    boolean presigned =
        query.find("X-Amz-Algorithm").isPresent() || query.find(SIGNATURE_PARAMETER).isPresent();
    if (headers.isEmpty() && !presigned) {
      throw MISSING_AUTHENTICATION_TOKEN.error("Request is missing Authentication Token");
    }
    if (headers.size() + (presigned ? 1 : 0) > 1) {
      throw INCOMPLETE_SIGNATURE.error(
          "Only one auth mechanism allowed; the request has more than one signature.");
    }
    return presigned ? inQuery(query) : inHeader(headers.getFirst(), message);
  }

  /// The parameters of a signature. What else is in the query is the service's: it may well say a
  /// thing twice.
  private static Form parameters(String query) {
    return Form.parse(
        Stream.of(query.split("&"))
            .filter(pair -> CanonicalRequest.recode(pair.split("=", 2)[0]).startsWith("X-Amz-"))
            .collect(Collectors.joining("&")));
  }

  private static Authorization inHeader(String header, HttpMessage message) {
    String algorithm = header.split(" ", 2)[0];
    Map<String, String> parts = parts(header);
    Optional<String> date = message.header("x-amz-date").or(() -> message.header("date"));
    List<String> missing =
        Stream.concat(
                Stream.of("Credential", "Signature", "SignedHeaders")
                    .filter(name -> !parts.containsKey(name))
                    .map("Authorization header requires '%s' parameter."::formatted),
                date.isPresent()
                    ? Stream.empty()
                    : Stream.of(
                        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."))
            .toList();
    if (!missing.isEmpty()) {
      throw INCOMPLETE_SIGNATURE.error(String.join(" ", missing) + " Authorization=" + header);
    }
    return new Authorization(
        algorithm,
        parts.getOrDefault("Credential", ""),
        names(parts.getOrDefault("SignedHeaders", "")),
        parts.getOrDefault("Signature", ""),
        date.orElse(""),
        message.header("x-amz-security-token"),
        Timeliness.OF_HEADER,
        true);
  }

  private static Map<String, String> parts(String header) {
    int blank = header.indexOf(' ');
    Map<String, String> parts = new LinkedHashMap<>();
    if (blank < 0) {
      return parts;
    }
    for (String part : header.substring(blank + 1).split(",")) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length < 2) {
        throw INCOMPLETE_SIGNATURE.error(
            "'%s' not a valid key=value pair (missing equal-sign) in Authorization header: '%s'."
                .formatted(part.strip(), header));
      }
      if (parts.put(pair[0], pair[1]) != null) {
        throw INCOMPLETE_SIGNATURE.error(
            "'%s' is given more than once in Authorization header: '%s'."
                .formatted(pair[0], header));
      }
    }
    return parts;
  }

  private static Authorization inQuery(Form query) {
    List<String> missing =
        Stream.of(
                "X-Amz-Algorithm",
                "X-Amz-Credential",
                SIGNATURE_PARAMETER,
                "X-Amz-SignedHeaders",
                "X-Amz-Date",
                "X-Amz-Expires")
            .filter(name -> query.find(name).isEmpty())
            .map("AWS query-string parameters must include '%s'."::formatted)
            .toList();
    if (!missing.isEmpty()) {
      throw INCOMPLETE_SIGNATURE.error(
          String.join(" ", missing) + " Re-examine the query-string parameters.");
    }
    return new Authorization(
        query.find("X-Amz-Algorithm").orElse(""),
        query.find("X-Amz-Credential").orElse(""),
        names(query.find("X-Amz-SignedHeaders").orElse("")),
        query.find(SIGNATURE_PARAMETER).orElse(""),
        query.find("X-Amz-Date").orElse(""),
        query.find("X-Amz-Security-Token"),
        Timeliness.presigned(lifetime(query.find("X-Amz-Expires").orElse(""))),
        false);
  }

  private static Duration lifetime(String seconds) {
    long value = seconds.matches("[0-9]{1,6}") ? Long.parseLong(seconds) : 0;
    if (value < 1 || value > LONGEST_PRESIGNED.toSeconds()) {
      throw INCOMPLETE_SIGNATURE.error(
          "X-Amz-Expires must be between 1 and %d seconds, not '%s'."
              .formatted(LONGEST_PRESIGNED.toSeconds(), seconds));
    }
    return Duration.ofSeconds(value);
  }

  private static List<String> names(String signedHeaders) {
    return List.of(signedHeaders.split(";"));
  }
}
