package dev.daypass.policy;

import java.util.Set;

/// What IAM demands of the resources in a policy when it is saved.
public final class ResourceFormat {
  private static final Set<String> PARTITIONS =
      Set.of("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-eusc", "*");
  private static final int REGION = 3;
  private static final int LAST = 5;

  private ResourceFormat() {}

  /// Whether there is a partition of this name, or the name is a star.
  public static boolean isPartition(String name) {
    return PARTITIONS.contains(name);
  }

  static void check(String resource, Json at) {
    if (Glob.of(resource).matchesEverything()) {
      return;
    }
    String[] fields = resource.split(":", LAST + 1);
    if (!fields[0].equals("arn") || fields.length < 3) {
      throw refuse("Resource %s must be in ARN format or \"*\".".formatted(resource), at);
    }
    if (!isPartition(fields[1])) {
      throw refuse(
          "Partition \"%s\" is not valid for resource \"%s\".".formatted(fields[1], resource), at);
    }
    String vendor = fields[2];
    boolean pattern = vendor.contains("*") || vendor.contains("?");
    if (pattern && !vendor.equals("*")) {
      throw refuse("Resource vendor must be fully qualified and cannot contain regexes.", at);
    }
    boolean region =
        fields.length > REGION && !fields[REGION].isEmpty() && !fields[REGION].equals("*");
    if (region && vendor.equals("iam")) {
      throw refuse("IAM resource %s cannot contain region information.".formatted(resource), at);
    }
    if (region && vendor.equals("s3")) {
      throw refuse("Resource %s can not contain region information.".formatted(resource), at);
    }
  }

  private static MalformedPolicy refuse(String reason, Json at) {
    return PolicyParser.malformed(reason, at);
  }
}
