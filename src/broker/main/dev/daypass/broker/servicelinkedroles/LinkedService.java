package dev.daypass.broker.servicelinkedroles;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import dev.daypass.wire.iam.CustomSuffix;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The services that a role can be linked to, and what AWS calls the role: those that one's own
/// machines, clusters and databases stand in for, so that what is written for AWS finds its role.
/// No service of AWS is here to assume it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html">Services
///   with service-linked roles</a>
enum LinkedService {
  AUTO_SCALING("autoscaling", "AutoScaling", true),
  BACKUP("backup", "Backup"),
  BATCH("batch", "Batch"),
  CLOUD_TRAIL("cloudtrail", "CloudTrail"),
  CONFIG("config", "Config"),
  CONTAINER_REGISTRY("replication.ecr", "ECRReplication"),
  ELASTIC_CACHE("elasticache", "ElastiCache"),
  ELASTIC_CONTAINERS("ecs", "ECS"),
  ELASTIC_FILES("elasticfilesystem", "AmazonElasticFileSystem"),
  ELASTIC_SEARCH("es", "AmazonElasticsearchService"),
  GRAFANA("grafana", "AmazonGrafana"),
  KAFKA("kafka", "Kafka"),
  KUBERNETES("eks", "AmazonEKS"),
  KUBERNETES_FARGATE("eks-fargate", "AmazonEKSForFargate"),
  KUBERNETES_NODES("eks-nodegroup", "AmazonEKSNodegroup"),
  LOAD_BALANCING("elasticloadbalancing", "ElasticLoadBalancing"),
  MEMORY_DB("memorydb", "MemoryDB"),
  MESSAGE_BROKER("mq", "AmazonMQ"),
  OPEN_SEARCH("opensearchservice", "AmazonOpenSearchService"),
  RELATIONAL_DATABASES("rds", "RDS"),
  ROLES_ANYWHERE("rolesanywhere", "RolesAnywhere"),
  SPOT("spot", "EC2Spot"),
  SPOT_FLEET("spotfleet", "EC2SpotFleet"),
  SYSTEMS_MANAGER("ssm", "AmazonSSM");

  private static final String ROLE = "AWSServiceRoleFor";
  private static final int LONGEST_NAME = 64;

  private final String principal;
  private final String roleName;
  private final boolean takesSuffix;

  LinkedService(String name, String role) {
    this(name, role, false);
  }

  LinkedService(String name, String role, boolean takesSuffix) {
    this.principal = name + ".amazonaws.com";
    this.roleName = ROLE + role;
    this.takesSuffix = takesSuffix;
  }

  /// The service of this principal, whose case matters; `InvalidInput` where there is none.
  static LinkedService of(String principal) {
    return Arrays.stream(values())
        .filter(service -> service.principal.equals(principal))
        .findFirst()
        .orElseThrow(() -> unknown(principal));
  }

  private static RuntimeException unknown(String principal) {
    return INVALID_INPUT.error(
        "`%s` is no service that a role can be linked to here. There are: %s."
            .formatted(
                principal,
                Arrays.stream(values())
                    .map(LinkedService::principal)
                    .sorted()
                    .collect(Collectors.joining(", "))));
  }

  String principal() {
    return principal;
  }

  /// What the role is called; `InvalidInput` for a suffix that the service does not take.
  String roleName(Optional<CustomSuffix> suffix) {
    if (suffix.isPresent() && !takesSuffix) {
      throw INVALID_INPUT.error("Custom suffix is not allowed for " + principal);
    }
    String name = roleName + suffix.map(is -> "_" + is).orElse("");
    if (name.length() > LONGEST_NAME) {
      throw INVALID_INPUT.error(
          "The role name %s is longer than %d characters.".formatted(name, LONGEST_NAME));
    }
    return name;
  }

  /// The trust policy of the role, as AWS writes it.
  String trustPolicy() {
    return """
        {"Version":"2012-10-17","Statement":[{"Action":["sts:AssumeRole"],\
        "Effect":"Allow","Principal":{"Service":["%s"]}}]}"""
        .formatted(principal);
  }
}
