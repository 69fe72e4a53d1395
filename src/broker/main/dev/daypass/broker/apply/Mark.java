package dev.daypass.broker.apply;

/// Something that an apply made: a thing, or a part of one. Gone when the thing or part is.
///
/// @param ownerId the thing's unique id; the account's number for what is the account's
/// @param part empty for the thing itself
record Mark(String ownerId, String part) {
  static final String ITSELF = "";
  static final String PASSWORDS = "passwords";

  static String attached(String policyArn) {
    return "attached/" + policyArn;
  }

  static String inline(String name) {
    return "inline/" + name;
  }

  static String group(String groupId) {
    return "group/" + groupId;
  }

  static String version(int number) {
    return "version/" + number;
  }

  static String alias(String alias) {
    return "alias/" + alias;
  }
}
