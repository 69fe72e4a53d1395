package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/// One place that the trail goes to.
interface Sink {
  /// By which it is remembered how far it has got: `stdout`, `file` or `webhook`.
  String name();

  /// Returns when the place has them for good, however long that takes; fails where it may not have
  /// them all, and then gets the same again.
  void take(List<ObjectNode> records) throws IOException, InterruptedException;
}
