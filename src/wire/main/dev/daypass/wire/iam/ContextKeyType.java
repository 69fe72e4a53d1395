package dev.daypass.wire.iam;

/// What kind of value a condition key of an imagined request has.
public enum ContextKeyType {
  STRING("string"),
  STRING_LIST("stringList"),
  NUMERIC("numeric"),
  NUMERIC_LIST("numericList"),
  BOOLEAN("boolean"),
  BOOLEAN_LIST("booleanList"),
  IP("ip"),
  IP_LIST("ipList"),
  BINARY("binary"),
  BINARY_LIST("binaryList"),
  DATE("date"),
  DATE_LIST("dateList");

  private final String wireName;

  ContextKeyType(String wireName) {
    this.wireName = wireName;
  }

  /// Whether a key of this kind is multi-valued.
  public boolean isList() {
    return wireName.endsWith("List");
  }

  @Override
  public String toString() {
    return wireName;
  }
}
