package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.io.PrintStream;
import java.util.List;

/// Standard output: one record on a line.
record StdoutSink(PrintStream out) implements Sink {
  @Override
  public String name() {
    return "stdout";
  }

  @Override
  public Uni<Void> take(List<ObjectNode> records) {
    for (ObjectNode record : records) {
      out.println(record);
    }
    return out.checkError()
        ? Uni.createFrom().failure(new IllegalStateException("standard output takes nothing"))
        : Uni.createFrom().voidItem();
  }
}
