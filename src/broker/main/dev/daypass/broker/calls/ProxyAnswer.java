package dev.daypass.broker.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What proxies are told, in whichever way they ask.
final class ProxyAnswer {
  private static final int UNAUTHORIZED = 401;

  private ProxyAnswer() {}

  /// Who it is, in headers for the service behind. Every one is there every time, so that none that
  /// a client sent is taken for ours.
  static Map<String, String> headers(Caller caller) {
    Optional<Session> session = caller.session();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-daypass-arn", arn(caller));
    headers.put("x-daypass-account", caller.account());
    headers.put("x-daypass-user-id", caller.userId());
    headers.put("x-daypass-session", session.map(Session::accessKeyId).orElse(""));
    headers.put(
        "x-daypass-source-identity",
        session.flatMap(Session::sourceIdentity).map(ProxyAnswer::encoded).orElse(""));
    headers.put("x-daypass-mfa", Boolean.toString(caller.mfaAt().isPresent()));
    headers.put("x-daypass-tags", tags(caller.principal()));
    return headers;
  }

  /// Of a token, whom it names.
  private static String arn(Caller caller) {
    return caller
        .webIdentity()
        .map(identity -> identity.federation().subject())
        .orElseGet(caller::arn);
  }

  /// As a form has them: `team=data&job=nightly`.
  private static String tags(Principal principal) {
    Map<String, String> tags =
        switch (principal) {
          case Principal.User user -> user.tags();
          case Principal.AssumedRole role -> role.tags();
          case Principal.FederatedUser user -> user.tags();
          default -> Map.of();
        };
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> encoded(tag.getKey()) + "=" + encoded(tag.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The status for the client that was refused.
  static int status(ApiError refusal) {
    return unsigned(refusal) ? UNAUTHORIZED : refusal.code().status();
  }

  /// The headers for it.
  static Map<String, String> headers(ApiError refusal) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", "no-store");
    if (unsigned(refusal)) {
      headers.put("WWW-Authenticate", "AWS4-HMAC-SHA256");
    }
    return headers;
  }

  private static boolean unsigned(ApiError refusal) {
    return refusal.code() == ErrorCode.MISSING_AUTHENTICATION_TOKEN;
  }

  static String body(ApiError refusal) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("__type", refusal.code().wireName())
        .put("message", refusal.text())
        .toString();
  }
}
