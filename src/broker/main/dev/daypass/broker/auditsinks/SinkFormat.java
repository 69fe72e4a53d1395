package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/// How records are written for others.
public enum SinkFormat {
  /// As they are.
  CLOUDTRAIL(UnaryOperator.identity()),
  /// As events of OCSF.
  OCSF(Ocsf::of);

  private final UnaryOperator<ObjectNode> shape;

  SinkFormat(UnaryOperator<ObjectNode> shape) {
    this.shape = shape;
  }

  ObjectNode of(ObjectNode record) {
    return shape.apply(record);
  }
}
