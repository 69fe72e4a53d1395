package dev.daypass.broker.calls;

import dev.daypass.broker.access.Origin;
import dev.daypass.wire.sigv4.HttpMessage;

/// One call on the AWS wire, as it came in.
///
/// @param protocol how it is written
record Call(HttpMessage message, Protocol protocol, Origin origin) {
  String id() {
    return origin.callId();
  }
}
