package dev.daypass.guard;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import dev.daypass.wire.sigv4.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Requests for tests, signed.
final class Signers {
  static final String ALICE = "AKIAALICEEXAMPLE0001";
  static final String BOB = "AKIABOBEXAMPLE000001";

  private Signers() {}

  static HttpMessage message(String method, String path, String body) {
    return new HttpMessage(
        method,
        path,
        "",
        List.of(new Header("Host", "orders.example.com")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  static GuardRequest signed(String id) {
    return signed(id, TestBroker.SECRET, Instant.now());
  }

  static GuardRequest signed(String id, String secret, Instant at) {
    return new GuardRequest(
        new RequestSigner(id, Secret.of(secret), Optional.empty())
            .sign(message("GET", "/1", ""), "eu-west-1", "orders", at),
        "192.0.2.7",
        true);
  }

  /// `OK`, or the refusal's code.
  static String code(Guard guard, GuardRequest request) {
    try {
      guard.authorize(request, new Ask("orders:GetOrder", "arn:aws:orders:::order/1")).require();
      return "OK";
    } catch (ApiError refusal) {
      return refusal.code().wireName();
    }
  }
}
