package dev.daypass.broker.samlproviders;

import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.AssertionEncryptionMode;
import java.time.Instant;
import java.util.Optional;

/// An identity provider that an account knows.
///
/// @param uuid tells it from any other that ever had its name
/// @param document its metadata, as it came
public record SamlProvider(
    String account,
    String name,
    String uuid,
    String document,
    Instant validUntil,
    Optional<AssertionEncryptionMode> encryption,
    Instant createdAt) {
  /// The ARN of an account's provider of a name, whether or not there is one.
  public static String arn(String account, String name) {
    return Arn.iam(account, "saml-provider/" + name).toString();
  }

  public String arn() {
    return arn(account, name);
  }

  boolean requiresEncryption() {
    return encryption.equals(Optional.of(AssertionEncryptionMode.REQUIRED));
  }

  SamlProvider described(String newDocument, Instant newValidUntil) {
    return new SamlProvider(account, name, uuid, newDocument, newValidUntil, encryption, createdAt);
  }

  SamlProvider encrypting(AssertionEncryptionMode mode) {
    return new SamlProvider(
        account, name, uuid, document, validUntil, Optional.of(mode), createdAt);
  }
}
