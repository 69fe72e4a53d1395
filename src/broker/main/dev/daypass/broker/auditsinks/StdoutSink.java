package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// Standard output: one record on a line.
record StdoutSink(PrintStream out) implements Sink {
  @Override
  public String name() {
    return "stdout";
  }

  @Override
  public void take(List<ObjectNode> records) throws IOException {
    for (ObjectNode record : records) {
      out.println(record);
    }
    if (out.checkError()) {
      throw new IOException("standard output takes nothing");
    }
  }
}
