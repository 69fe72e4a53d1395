package dev.daypass.broker.servercertificates;

import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.ServerCertificateMessages;
import dev.daypass.wire.iam.ServerCertificateMessages.ServerCertificateMetadata;
import dev.daypass.wire.iam.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A certificate that a server of the account shows. Its private key is looked at when it comes and
/// then forgotten: AWS's wire never gives it back, and nothing here uses it.
///
/// @param body the certificate in PEM
/// @param chain the certificates behind it in PEM
record ServerCertificate(
    String id,
    String account,
    String path,
    String name,
    String body,
    Optional<String> chain,
    Instant uploadedAt,
    Instant expiresAt) {

  /// The ARN of an account's certificate of this path and name, whether or not there is one.
  static String arn(String account, String path, String name) {
    return Arn.iam(account, "server-certificate" + path + name).toString();
  }

  String arn() {
    return arn(account, path, name);
  }

  ServerCertificate renamed(String newPath, String newName) {
    return new ServerCertificate(id, account, newPath, newName, body, chain, uploadedAt, expiresAt);
  }

  /// As lists show it.
  ServerCertificateMetadata listed() {
    return new ServerCertificateMetadata(path, name, id, arn(), uploadedAt, expiresAt);
  }

  /// As GetServerCertificate shows it.
  ServerCertificateMessages.ServerCertificate onWire(List<Tag> tags) {
    return new ServerCertificateMessages.ServerCertificate(listed(), body, chain, tags);
  }
}
