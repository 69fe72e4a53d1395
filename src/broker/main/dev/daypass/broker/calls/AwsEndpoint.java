package dev.daypass.broker.calls;

import dev.daypass.broker.access.Origin;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.query.Form;
import dev.daypass.wire.sigv4.HttpMessage;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// The AWS wire: `POST /` with a form, or `GET /` with the same in the query, or `POST /` with JSON
/// and the action in a header. A raw route, because a signature is over the bytes as they came.
@Singleton
final class AwsEndpoint {
  private static final int LONGEST_BODY = 1 << 20;
  private static final int TOO_LARGE = 413;
  private static final String FORM = "application/x-www-form-urlencoded";

  private static final Form NOTHING_OF_STS = Form.parse("Version=2011-06-15");

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Calls calls;
  private final Clock clock;

  AwsEndpoint(Calls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  void routes(@Observes Router router) {
    router
        .route("/")
        .method(HttpMethod.POST)
        .method(HttpMethod.GET)
        .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
        .handler(this::handle)
        .failureHandler(this::refuseUnread);
  }

  private void handle(RoutingContext context) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Origin origin = RawRequest.origin(context.request(), clock);
    Uni.createFrom()
        .deferred(() -> answer(context, origin))
        .onFailure()
        .recoverWithItem(failure -> unread(context, failure, origin))
        .subscribe()
        .with(answer -> send(context, answer, origin));
  }

  private Uni<Answer> answer(RoutingContext context, Origin origin) {
    HttpMessage message = RawRequest.message(context);
    return calls.answer(new Call(message, protocol(message), origin));
  }

  private static Protocol protocol(HttpMessage message) {
    return message
        .header(JsonProtocol.TARGET)
        .filter(_ -> message.method().equals("POST"))
        .<Protocol>map(target -> new JsonProtocol(target, message.body()))
        .orElseGet(() -> new QueryProtocol(form(message)));
  }

  private static Form form(HttpMessage message) {
    if (message.method().equals("GET")) {
      return Form.parse(message.query());
    }
    String type = message.header("content-type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(FORM)) {
      throw ErrorCode.MISSING_ACTION.error(
          "The request is missing an action or a required parameter.");
    }
    return Form.parse(new String(message.body(), StandardCharsets.ISO_8859_1));
  }

  private void refuseUnread(RoutingContext context) {
    Origin origin = RawRequest.origin(context.request(), clock);
    ErrorCode code =
        context.statusCode() == TOO_LARGE
            ? ErrorCode.REQUEST_ENTITY_TOO_LARGE
            : ErrorCode.MALFORMED_QUERY_STRING;
    send(context, unread(context, code.error("The request could not be read."), origin), origin);
  }

  /// The answer to what could not be read at all.
  private static Answer unread(RoutingContext context, Throwable failure, Origin origin) {
    Protocol protocol =
        Optional.ofNullable(context.request().getHeader(JsonProtocol.TARGET))
            .<Protocol>map(target -> new JsonProtocol(target, new byte[0]))
            .orElseGet(() -> new QueryProtocol(NOTHING_OF_STS));
    return Answer.failure(protocol, failure, origin.callId());
  }

  private static void send(RoutingContext context, Answer answer, Origin origin) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    context
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.contentType())
        .putHeader("x-amzn-RequestId", origin.callId())
        // By this the SDKs find out that their clock is wrong, and sign again (RFC 9110 §6.6.1).
        .putHeader("Date", HTTP_DATE.format(origin.time()))
        .putHeader("Cache-Control", "no-store");
    answer
        .explanation()
        .ifPresent(text -> context.response().putHeader("x-daypass-authorization-message", text));
    context.response().end(answer.body());
  }
}
