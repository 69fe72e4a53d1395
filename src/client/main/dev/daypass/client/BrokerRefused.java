package dev.daypass.client;

import java.util.Map;
import java.util.Optional;

/// The broker's no, with its reason.
public final class BrokerRefused extends RuntimeException {
  private final int status;
  private final String code;
  private final Map<String, Object> details;

  /// @param details what else the broker told, by its name
  public BrokerRefused(int status, String code, String message, Map<String, Object> details) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.details = Map.copyOf(details);
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The code, such as `AccessDenied`.
  public String code() {
    return code;
  }

  /// Under which transaction another code can be tried.
  public Optional<String> transaction() {
    return Optional.ofNullable(details.get("transaction")).map(Object::toString);
  }

  /// The id to ask about.
  public Optional<String> requestId() {
    return Optional.ofNullable(details.get("requestId")).map(Object::toString);
  }

  /// Whether one has to sign in (again).
  public boolean needsSignIn() {
    return status == 401 || code.equals("ExpiredToken");
  }
}
