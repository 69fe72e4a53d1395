package dev.daypass.broker.sealing;

/// Where sealed secrets are stored: the only list there is. Each is bound to its row by the name of
/// its owner, and what is listed here is sealed anew when the key-encryption key changes.
public enum SealedColumn {
  ACCESS_KEY("access_key", "id", "sealed_secret", "access-key/"),
  MFA_DEVICE("mfa_device", "serial_number", "sealed_seed", "mfa-device/"),
  BROKER_KEY("broker_key", "id", "sealed_key", "broker-key/"),
  SAML_PRIVATE_KEY("saml_private_key", "id", "sealed_key", "saml-private-key/");

  private final String table;
  private final String key;
  private final String column;
  private final String ownerPrefix;

  SealedColumn(String table, String key, String column, String ownerPrefix) {
    this.table = table;
    this.key = key;
    this.column = column;
    this.ownerPrefix = ownerPrefix;
  }

  /// What the secret of the row with this key is bound to.
  public String owner(String id) {
    return ownerPrefix + id;
  }

  String table() {
    return table;
  }

  String key() {
    return key;
  }

  String column() {
    return column;
  }
}
