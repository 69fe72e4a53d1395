package dev.daypass.broker.apply;

/// What has a name in an account.
enum Kind {
  POLICY("policy"),
  GROUP("group"),
  USER("user"),
  ROLE("role");

  private final String noun;

  Kind(String noun) {
    this.noun = noun;
  }

  String noun() {
    return noun;
  }
}
