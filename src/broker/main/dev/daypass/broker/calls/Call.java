package dev.daypass.broker.calls;

import dev.daypass.broker.access.Origin;
import dev.daypass.wire.query.Form;
import dev.daypass.wire.sigv4.HttpMessage;

/// One call on the AWS wire, as it came in.
///
/// @param form the parameters, from the body or the query
record Call(HttpMessage message, Form form, Origin origin) {
  String id() {
    return origin.callId();
  }
}
