package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.INCOMPLETE_SIGNATURE;
import static dev.daypass.wire.ErrorCode.SIGNATURE_DOES_NOT_MATCH;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a request must be so that whoever signs it, whoever checks it and whoever answers it see
/// the same one. A signature is the same for `/a//b`, `/a/./b` and `/x/../a/b`: what is written in
/// more ways than one is refused.
public final class RequestChecks {
  private static final List<String> ONCE =
      List.of(
          "authorization",
          "host",
          "date",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256",
          "content-length",
          "content-type");

  private static final Set<String> AMBIGUOUS = Set.of("%2f", "%5c", "%00");
  private static final int MOST_HEADERS = 100;

  private RequestChecks() {}

  /// Fails with AWS's refusals where it is not.
  ///
  /// @param hosts what the `Host` header may say; anything, where empty
  public static void check(HttpMessage message, Set<String> hosts) {
    if (message.headers().size() > MOST_HEADERS) {
      throw INCOMPLETE_SIGNATURE.error("The request has too many headers.");
    }
    for (String name : ONCE) {
      if (message.values(name).count() > 1) {
        throw INCOMPLETE_SIGNATURE.error("'%s' is given more than once.".formatted(name));
      }
    }
    if (!hosts.isEmpty() && message.header("host").filter(hosts::contains).isEmpty()) {
      throw SIGNATURE_DOES_NOT_MATCH.error("The request is for another host.");
    }
    checkPath(message.path());
  }

  /// Fails with `ValidationError` for a path that can be read in more ways than one.
  public static void checkPath(String path) {
    boolean plain =
        path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    if (!plain || path.contains("//") || isAmbiguous(path.toLowerCase(Locale.ROOT))) {
      throw VALIDATION_ERROR.error("The path can be read in more ways than one.");
    }
  }

  private static boolean isAmbiguous(String path) {
    if (AMBIGUOUS.stream().anyMatch(path::contains)) {
      return true;
    }
    for (String segment : path.split("/")) {
      String dots = segment.replace("%2e", ".");
      if (dots.equals(".") || dots.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
