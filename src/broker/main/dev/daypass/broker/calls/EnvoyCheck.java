package dev.daypass.broker.calls;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import com.google.protobuf.BoolValue;
import dev.daypass.broker.access.Caller;
import dev.daypass.envoy.AttributeContext;
import dev.daypass.envoy.CheckRequest;
import dev.daypass.envoy.CheckResponse;
import dev.daypass.envoy.DeniedHttpResponse;
import dev.daypass.envoy.HeaderValue;
import dev.daypass.envoy.HeaderValueOption;
import dev.daypass.envoy.HttpStatus;
import dev.daypass.envoy.OkHttpResponse;
import dev.daypass.envoy.Status;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.sigv4.HttpMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Envoy asks and is told, by gRPC.
///
/// @see <a
///   href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/service/auth/v3/external_auth.proto">Authorization
///   service</a>
final class EnvoyCheck {
  private static final String SERVICE = "service";
  private static final String PARTIAL = "x-envoy-auth-partial-body";

  // google.rpc.Code
  private static final int OK = 0;
  private static final int PERMISSION_DENIED = 7;

  private EnvoyCheck() {}

  /// For which service the route asks, where it says so.
  static Optional<String> service(CheckRequest asked) {
    return Optional.ofNullable(asked.getAttributes().getContextExtensionsMap().get(SERVICE));
  }

  /// The request that Envoy got.
  static ProxiedRequest request(CheckRequest asked) {
    AttributeContext.HttpRequest http = asked.getAttributes().getRequest().getHttp();
    if ("true".equals(http.getHeadersMap().get(PARTIAL))) {
      throw VALIDATION_ERROR.error("The body is longer than the proxy tells.");
    }
    List<HttpMessage.Header> headers = new ArrayList<>();
    headers.add(new HttpMessage.Header("host", http.getHost()));
    http.getHeadersMap()
        .forEach(
            (name, value) -> {
              // HTTP/2's pseudo-headers (RFC 9113 §8.3.1) are told on their own.
              if (!name.startsWith(":") && !name.equals("host")) {
                headers.add(new HttpMessage.Header(name, value));
              }
            });
    byte[] body =
        http.getRawBody().isEmpty()
            ? http.getBody().getBytes(StandardCharsets.UTF_8)
            : http.getRawBody().toByteArray();
    return ProxiedRequest.told(http.getMethod(), http.getPath(), headers, body);
  }

  /// That it may pass, with who it is.
  static CheckResponse allowed(Caller caller) {
    OkHttpResponse.Builder passed = OkHttpResponse.newBuilder();
    ProxyAnswer.headers(caller).forEach((name, value) -> passed.addHeaders(header(name, value)));
    return CheckResponse.newBuilder()
        .setStatus(Status.newBuilder().setCode(OK))
        .setOkResponse(passed)
        .build();
  }

  /// That it may not, and what the client is told.
  static CheckResponse refused(ApiError refusal) {
    DeniedHttpResponse.Builder denied =
        DeniedHttpResponse.newBuilder()
            .setStatus(HttpStatus.newBuilder().setCode(ProxyAnswer.status(refusal)))
            .setBody(ProxyAnswer.body(refusal));
    for (Map.Entry<String, String> header : ProxyAnswer.headers(refusal).entrySet()) {
      denied.addHeaders(header(header.getKey(), header.getValue()));
    }
    return CheckResponse.newBuilder()
        .setStatus(Status.newBuilder().setCode(PERMISSION_DENIED))
        .setDeniedResponse(denied)
        .build();
  }

  /// In the place of any the client sent.
  private static HeaderValueOption header(String name, String value) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
        .setAppend(BoolValue.of(false))
        .build();
  }
}
