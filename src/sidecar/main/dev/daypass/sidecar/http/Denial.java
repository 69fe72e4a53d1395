package dev.daypass.sidecar.http;

/// Why a request is not even looked at.
enum Denial {
  HOST(403, "WrongHost", "This is not how the credentials of this computer are asked for."),
  ORIGIN(403, "FromBrowser", "Pages get no credentials."),
  FORWARDED(403, "Forwarded", "What others send on gets no credentials."),
  TOKEN(401, "WrongToken", "Send the token of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE."),
  ROLE(403, "NoRole", "There is no role here for the service account of this pod."),
  METHOD(405, "WrongMethod", "Use GET."),
  RATE(429, "TooManyRequests", "Too often, or too many at once."),
  PATH(404, "NotFound", "There is nothing here.");

  private final int status;
  private final String code;
  private final String message;

  Denial(int status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  Reply reply() {
    Reply reply = Reply.error(status, code, message);
    return this == RATE ? reply.with("Retry-After", "1") : reply;
  }
}
