package dev.daypass.broker.lastaccessed;

import java.util.Map;

/// What services are called, by namespace: those that the broker answers, and those that the
/// policies that come with Daypass name. Anybody can have services of one's own, which are called
/// what their policies call them.
///
/// @see <a
///   href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">Service
///   Authorization Reference</a>
final class ServiceNames {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("account", "AWS Account Management"),
          Map.entry("cloudtrail", "AWS CloudTrail"),
          Map.entry("dynamodb", "Amazon DynamoDB"),
          Map.entry("ecr", "Amazon Elastic Container Registry"),
          Map.entry("eks", "Amazon Elastic Kubernetes Service"),
          Map.entry("iam", "AWS Identity and Access Management"),
          Map.entry("kms", "AWS Key Management Service"),
          Map.entry("logs", "Amazon CloudWatch Logs"),
          Map.entry("organizations", "AWS Organizations"),
          Map.entry("rolesanywhere", "AWS Identity and Access Management Roles Anywhere"),
          Map.entry("s3", "Amazon S3"),
          Map.entry("s3-object-lambda", "Amazon S3 Object Lambda"),
          Map.entry("secretsmanager", "AWS Secrets Manager"),
          Map.entry("signin", "AWS Signin"),
          Map.entry("sns", "Amazon SNS"),
          Map.entry("sqs", "Amazon SQS"),
          Map.entry("sts", "AWS Security Token Service"));

  private ServiceNames() {}

  static String of(String namespace) {
    return NAMES.getOrDefault(namespace, namespace);
  }
}
