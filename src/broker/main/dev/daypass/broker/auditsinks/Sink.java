package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.List;

/// One place that the trail goes to.
interface Sink {
  /// By which it is remembered how far it has got: `stdout`, `file` or `webhook`.
  String name();

  /// Completes when the place has them for good; fails where it may not have them all, and then
  /// gets the same again.
  Uni<Void> take(List<ObjectNode> records);
}
