package dev.daypass.wire;

/// An Amazon Resource Name, in its six fields. The last keeps its own colons and slashes.
///
/// @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a>
public record Arn(
    String partition, String service, String region, String account, String resource) {
  private static final int FIELDS = 6;

  /// Reads an ARN; fails with `ValidationError` unless there are six fields and the first is `arn`.
  public static Arn parse(String text) {
    String[] fields = text.split(":", FIELDS);
    if (fields.length < FIELDS || !fields[0].equals("arn")) {
      throw ErrorCode.VALIDATION_ERROR.error("Invalid ARN:  Could not be parsed!");
    }
    return new Arn(fields[1], fields[2], fields[3], fields[4], fields[5]);
  }

  /// The ARN of something in IAM, such as `role/path/name`.
  public static Arn iam(String account, String resource) {
    return new Arn("aws", "iam", "", account, resource);
  }

  /// The ARN of something in STS, such as `assumed-role/name/session`.
  public static Arn sts(String account, String resource) {
    return new Arn("aws", "sts", "", account, resource);
  }

  @Override
  public String toString() {
    return "arn:" + String.join(":", partition, service, region, account, resource);
  }
}
