package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Envoy asks by gRPC, in its own messages and with gRPC's own client.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestProxied.class)
class EnvoyTest {
  private static final String HOST = "orders.example.com";
  private static final Metadata.Key<String> SERVICE =
      Metadata.Key.of("daypass-service", Metadata.ASCII_STRING_MARSHALLER);

  @TestHTTPResource URI server;
  @Inject Pool database;
  private Wire wire;
  private People people;
  private Person alice;
  private ManagedChannel channel;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    alice = people.user();
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": "execute-api:Invoke",
         "Resource": "arn:aws:execute-api:eu-west-1:111122223333:orders/live/*/orders/*"}
        """);
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .maxInboundMessageSize(1 << 20)
            .build();
  }

  @AfterEach
  void end() throws InterruptedException {
    channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
  }

  /// As Envoy tells a request over HTTP/2.
  private static AttributeContext.HttpRequest.Builder http(
      Map<String, String> headers, String method, String uri) {
    Map<String, String> told = new LinkedHashMap<>(headers);
    told.remove("host");
    told.put(":authority", HOST);
    told.put(":method", method);
    told.put(":path", uri);
    told.put(":scheme", "https");
    told.put("x-forwarded-proto", "https");
    told.put("x-request-id", "7f0b");
    return AttributeContext.HttpRequest.newBuilder()
        .setId("1")
        .setMethod(method)
        .setPath(uri)
        .setHost(HOST)
        .setScheme("https")
        .setProtocol("HTTP/2")
        .putAllHeaders(told);
  }

  private CheckResponse check(AttributeContext.HttpRequest.Builder http) {
    return check(http, attributes -> attributes.putContextExtensions("service", "orders"));
  }

  private CheckResponse check(
      AttributeContext.HttpRequest.Builder http, Consumer<AttributeContext.Builder> change) {
    AttributeContext.Builder attributes =
        AttributeContext.newBuilder()
            .setRequest(AttributeContext.Request.newBuilder().setHttp(http));
    change.accept(attributes);
    return AuthorizationGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(CheckRequest.newBuilder().setAttributes(attributes).build());
  }

  private static Map<String, String> headers(List<HeaderValueOption> options) {
    assertThat(options).allMatch(option -> option.hasAppend() && !option.getAppend().getValue());
    return options.stream()
        .collect(
            Collectors.toMap(
                option -> option.getHeader().getKey(), option -> option.getHeader().getValue()));
  }

  @Test
  void a_request_that_may_passes_with_who_sent_it() {
    CheckResponse answer =
        check(
            http(
                ProxyTest.signed(alice.key(), "GET", "/orders/7?full=yes", ""),
                "GET",
                "/orders/7?full=yes"));

    assertThat(answer.getStatus().getCode()).isZero();
    assertThat(headers(answer.getOkResponse().getHeadersList()))
        .containsEntry("x-daypass-arn", alice.arn())
        .containsEntry("x-daypass-account", TestServers.ACCOUNT)
        .containsEntry("x-daypass-session", "")
        .containsEntry("x-daypass-mfa", "false")
        .containsKeys("x-daypass-user-id", "x-daypass-source-identity", "x-daypass-tags")
        .hasSize(7);
    assertThat(
            database
                .query(
                    """
                    select count(*) as count from audit_event
                    where record->'requestParameters'->>'resource' like '%%GET/orders/7'
                    and user_name = '%s'
                    """
                        .formatted(alice.name()))
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("count"))
        .isEqualTo(1);
  }

  @Test
  void the_service_is_told_by_the_route_or_by_the_filter_and_never_by_the_client() {
    Map<String, String> signed = ProxyTest.signed(alice.key(), "GET", "/orders/7", "");
    Metadata metadata = new Metadata();
    metadata.put(SERVICE, "orders");
    CheckRequest request =
        CheckRequest.newBuilder()
            .setAttributes(
                AttributeContext.newBuilder()
                    .setRequest(
                        AttributeContext.Request.newBuilder()
                            .setHttp(http(signed, "GET", "/orders/7"))))
            .build();
    signed.put("daypass-service", "orders");

    CheckResponse byFilter =
        AuthorizationGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
            .check(request);
    CheckResponse byClient = check(http(signed, "GET", "/orders/7"), _ -> {});
    CheckResponse unknown =
        check(
            http(signed, "GET", "/orders/7"),
            attributes -> attributes.putContextExtensions("service", "absent"));

    assertThat(byFilter.hasOkResponse()).isTrue();
    assertDenied(byClient, 404, "No such service is configured.");
    assertDenied(unknown, 404, "No such service is configured.");
  }

  private static void assertDenied(CheckResponse answer, int status, String message) {
    assertThat(answer.hasOkResponse()).isFalse();
    assertThat(answer.getStatus().getCode()).isEqualTo(7);
    assertThat(answer.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(status);
    assertThat(answer.getDeniedResponse().getBody()).contains(message);
    assertThat(headers(answer.getDeniedResponse().getHeadersList()))
        .containsEntry("Content-Type", "application/json");
  }

  @Test
  void a_request_that_may_not_is_refused_with_the_reason() {
    CheckResponse other =
        check(http(ProxyTest.signed(alice.key(), "GET", "/secret", ""), "GET", "/secret"));
    CheckResponse unsigned = check(http(Map.of(), "GET", "/orders/7"));

    assertDenied(other, 403, "is not authorized to perform: execute-api:Invoke");
    assertDenied(unsigned, 401, "Request is missing Authentication Token");
    assertThat(headers(unsigned.getDeniedResponse().getHeadersList()))
        .containsEntry("WWW-Authenticate", "AWS4-HMAC-SHA256");
  }

  @Test
  void nothing_of_a_signed_request_can_be_changed() {
    Map<String, String> signed = ProxyTest.signed(alice.key(), "GET", "/orders/7", "");

    for (AttributeContext.HttpRequest.Builder changed :
        List.of(
            http(signed, "GET", "/orders/8"),
            http(signed, "GET", "/orders/7?admin=yes"),
            http(signed, "DELETE", "/orders/7"),
            http(signed, "GET", "/orders/7").setHost("other.example.com"),
            http(signed, "GET", "/orders/7").setBody("{}"),
            http(signed, "GET", "/orders/7").putHeaders("x-amz-date", "20200101T000000Z"))) {
      CheckResponse answer = check(changed);
      assertThat(answer.hasOkResponse()).as(changed.toString()).isFalse();
      assertThat(answer.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(403);
    }
    for (String path : List.of("/x/../orders/7", "//orders/7", "/orders%2f7", "/orders/./7")) {
      assertThat(check(http(signed, "GET", path)).getDeniedResponse().getStatus().getCodeValue())
          .isEqualTo(400);
    }
  }

  @Test
  void a_body_is_what_was_signed_or_the_request_does_not_pass() {
    Map<String, String> signed = ProxyTest.signed(alice.key(), "POST", "/orders/7", "{\"a\":1}");
    Map<String, String> unhashed = new LinkedHashMap<>(signed);
    unhashed.remove("x-amz-content-sha256");

    assertThat(check(http(signed, "POST", "/orders/7").setBody("{\"a\":1}")).hasOkResponse())
        .isTrue();
    assertThat(
            check(
                    http(signed, "POST", "/orders/7")
                        .setRawBody(ByteString.copyFromUtf8("{\"a\":1}")))
                .hasOkResponse())
        .isTrue();
    assertDenied(
        check(http(signed, "POST", "/orders/7").setBody("{\"a\":2}")),
        403,
        "is not the SHA-256 of the request's body");
    assertDenied(
        check(
            http(signed, "POST", "/orders/7")
                .setBody("{\"a\":1}")
                .putHeaders("x-envoy-auth-partial-body", "true")),
        400,
        "The body is longer than the proxy tells.");
    assertDenied(
        check(http(unhashed, "POST", "/orders/7")), 400, "Without its body, a POST must have");
  }

  @Test
  void a_session_that_was_ended_does_not_pass() {
    Key session = wire.sts(alice.key(), "GetSessionToken").credentials();
    assertThat(
            check(http(ProxyTest.signed(session, "GET", "/orders/7", ""), "GET", "/orders/7"))
                .hasOkResponse())
        .isTrue();

    People.ok(wire.daypass(alice.key(), "RevokeSession", "SessionId", session.id()));

    assertDenied(
        check(http(ProxyTest.signed(session, "GET", "/orders/7", ""), "GET", "/orders/7")),
        403,
        "The security token included in the request is invalid.");
  }

  /// A million bytes of nothing are a thousand bytes when compressed.
  @Test
  void what_is_compressed_or_too_long_is_not_read() {
    CheckRequest large =
        CheckRequest.newBuilder()
            .setAttributes(
                AttributeContext.newBuilder()
                    .setRequest(
                        AttributeContext.Request.newBuilder()
                            .setHttp(
                                http(Map.of(), "POST", "/orders/7").setBody("x".repeat(3 << 20)))))
            .build();

    assertThatThrownBy(
            () ->
                AuthorizationGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .withCompression("gzip")
                    .check(large))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UNIMPLEMENTED");
    assertThatThrownBy(
            () ->
                AuthorizationGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .check(large))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("RESOURCE_EXHAUSTED");
  }

  @Test
  void many_ask_at_once() {
    List<AttributeContext.HttpRequest.Builder> requests =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    http(
                        ProxyTest.signed(alice.key(), "GET", "/orders/" + i, ""),
                        "GET",
                        "/orders/" + (i % 2 == 0 ? i : i + 1)))
            .toList();

    List<Boolean> passed =
        requests.parallelStream().map(request -> check(request).hasOkResponse()).toList();

    assertThat(passed).isEqualTo(IntStream.range(0, 200).mapToObj(i -> i % 2 == 0).toList());
  }
}
