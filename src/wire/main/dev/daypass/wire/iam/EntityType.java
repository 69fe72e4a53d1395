package dev.daypass.wire.iam;

/// Which kinds of entities are meant.
public enum EntityType {
  USER("User"),
  ROLE("Role"),
  GROUP("Group"),
  LOCAL_MANAGED_POLICY("LocalManagedPolicy"),
  AWS_MANAGED_POLICY("AWSManagedPolicy");

  private final String wireName;

  EntityType(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
