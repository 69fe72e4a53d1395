package dev.daypass.wire.iam;

/// Which session tokens AWS's global endpoint of STS gives out.
public enum GlobalEndpointTokenVersion {
  V1("v1Token"),
  V2("v2Token");

  private final String wireName;

  GlobalEndpointTokenVersion(String wireName) {
    this.wireName = wireName;
  }

  /// As GetAccountSummary tells it: `1` or `2`.
  public int number() {
    return ordinal() + 1;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
