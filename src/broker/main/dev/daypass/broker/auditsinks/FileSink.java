package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/// A file: one record on a line, on the disk before it counts as taken. It is opened anew each
/// time, so that what moves it away needs to tell nobody.
record FileSink(Path file) implements Sink {
  @Override
  public String name() {
    return "file";
  }

  /// What a full disk cut off is taken back, so that no line is ever half there.
  @Override
  public void take(List<ObjectNode> records) throws IOException {
    makeFolder();
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      long before = channel.size();
      try {
        append(channel.position(before), records);
      } catch (IOException e) {
        channel.truncate(before);
        throw e;
      }
    }
  }

  private static void append(FileChannel channel, List<ObjectNode> records) throws IOException {
    StringBuilder lines = new StringBuilder();
    records.forEach(record -> lines.append(record).append('\n'));
    ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  private void makeFolder() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
  }
}
