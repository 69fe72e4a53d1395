package dev.daypass.wire.iam;

/// How many values a place in a policy template takes.
public enum PolicyParameterType {
  STRING("string"),
  STRING_LIST("stringList");

  private final String wireName;

  PolicyParameterType(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
