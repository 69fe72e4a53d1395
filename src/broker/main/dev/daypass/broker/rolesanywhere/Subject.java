package dev.daypass.broker.rolesanywhere;

import dev.daypass.wire.DateTime;
import dev.daypass.wire.rolesanywhere.SubjectMessages.CredentialSummary;
import dev.daypass.wire.rolesanywhere.SubjectMessages.SubjectDetail;
import dev.daypass.wire.rolesanywhere.SubjectMessages.SubjectSummary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Who came with a certificate, by the name in it.
///
/// @param name the distinguished name (RFC 4514)
record Subject(
    String id, String account, String region, String name, Instant createdAt, Instant lastSeenAt) {
  /// The id of a name, which is always the same in an account: a version 8 UUID (RFC 9562 §5.8).
  static String id(String account, String name) {
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest((account + ":" + name).getBytes(StandardCharsets.UTF_8)));
      long most = (hash.getLong() & ~0xF000L) | 0x8000L;
      long least = (hash.getLong() & ~(0b11L << 62)) | (0b10L << 62);
      return new UUID(most, least).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String arn(String region, String account, String name) {
    return Resource.Kind.SUBJECT.arn(region, account, id(account, name));
  }

  private String arn() {
    return Resource.Kind.SUBJECT.arn(region, account, id);
  }

  SubjectSummary onWire() {
    return new SubjectSummary(
        arn(),
        id,
        true,
        name,
        DateTime.of(lastSeenAt),
        DateTime.of(createdAt),
        DateTime.of(lastSeenAt));
  }

  SubjectDetail onWire(List<CredentialSummary> credentials) {
    return new SubjectDetail(
        arn(),
        id,
        true,
        name,
        DateTime.of(lastSeenAt),
        DateTime.of(createdAt),
        DateTime.of(lastSeenAt),
        credentials);
  }
}
