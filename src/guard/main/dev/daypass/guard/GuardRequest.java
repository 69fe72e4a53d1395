package dev.daypass.guard;

import dev.daypass.wire.sigv4.HttpMessage;

/// A request as it came in, and from where.
///
/// @param address the client's IP address: the peer's, or what a proxy of the service's own says
/// @param secure whether it came over TLS
public record GuardRequest(HttpMessage message, String address, boolean secure) {}
