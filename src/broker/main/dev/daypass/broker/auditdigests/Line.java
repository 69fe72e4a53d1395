package dev.daypass.broker.auditdigests;

import dev.daypass.broker.audit.StoredEntry;
import dev.daypass.broker.digests.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a digest remembers of one record, in 48 bytes.
///
/// @param sequence the record's number
/// @param time when it happened, to the microsecond
/// @param hash SHA-256 of all that is stored of it, its number too
record Line(long sequence, Instant time, ByteBuffer hash) {
  static final int BYTES = 2 * Long.BYTES + 32;

  static Line of(StoredEntry entry) {
    MessageDigest sha256 = Sha256.begin();
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(entry.sequence()).flip());
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(micros(entry.time())).flip());
    add(sha256, Optional.of(entry.id().toString()));
    add(sha256, entry.account());
    add(sha256, Optional.of(entry.eventSource()));
    add(sha256, Optional.of(entry.eventName()));
    add(sha256, entry.userName());
    add(sha256, entry.accessKeyId());
    add(sha256, entry.errorCode());
    add(sha256, Optional.of(entry.record()));
    return new Line(entry.sequence(), entry.time(), ByteBuffer.wrap(sha256.digest()));
  }

  /// With its length before it, so that nothing can move from one field to the next.
  private static void add(MessageDigest sha256, Optional<String> field) {
    byte[] bytes = field.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
    int length = field.isPresent() ? bytes.length : -1;
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    sha256.update(bytes);
  }

  static byte[] bytes(List<Line> lines) {
    ByteBuffer buffer = ByteBuffer.allocate(lines.size() * BYTES);
    for (Line line : lines) {
      buffer.putLong(line.sequence).putLong(micros(line.time)).put(line.hash.duplicate());
    }
    return buffer.array();
  }

  /// The lines of a digest; `IllegalArgumentException` for bytes that are none.
  static List<Line> read(byte[] bytes) {
    if (bytes.length % BYTES != 0) {
      throw new IllegalArgumentException("not whole lines");
    }
    List<Line> lines = new ArrayList<>(bytes.length / BYTES);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      long sequence = buffer.getLong();
      Instant time = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
      byte[] hash = new byte[32];
      buffer.get(hash);
      lines.add(new Line(sequence, time, ByteBuffer.wrap(hash)));
    }
    return lines;
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
