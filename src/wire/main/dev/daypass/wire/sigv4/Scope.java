package dev.daypass.wire.sigv4;

/// Where and when a signature counts: `20150830/us-east-1/iam/aws4_request`.
///
/// @param date `YYYYMMDD`
public record Scope(String date, String region, String service) {
  static final String TERMINATOR = "aws4_request";

  @Override
  public String toString() {
    return String.join("/", date, region, service, TERMINATOR);
  }
}
