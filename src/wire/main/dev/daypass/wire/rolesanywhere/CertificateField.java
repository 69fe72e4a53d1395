package dev.daypass.wire.rolesanywhere;

/// A field of a certificate, as tags name it.
public enum CertificateField {
  SUBJECT("x509Subject"),
  ISSUER("x509Issuer"),
  SAN("x509SAN");

  private final String wireName;

  CertificateField(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
