package dev.daypass.broker.calls;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.requests.Bodies;
import dev.daypass.broker.requests.Body;
import dev.daypass.broker.requests.HttpDate;
import dev.daypass.broker.requests.Origins;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Http;
import dev.daypass.wire.query.Form;
import dev.daypass.wire.sigv4.HttpMessage;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The AWS wire: `POST /` with a form, or `GET /` with the same in the query, or `POST /` with JSON
/// and the action in a header, or the methods and paths of services that speak REST. Raw routes,
/// because a signature is over the bytes as they came.
@Singleton
final class AwsEndpoint {
  private static final int LONGEST_BODY = 1 << 20;
  private static final String FORM = "application/x-www-form-urlencoded";

  /// What tells the error beside the body, for clients of REST services that look there only.
  private static final String ERROR_TYPE = "x-amzn-ErrorType";

  private static final Pattern LABEL = Pattern.compile("\\{(\\w+)\\}");

  private static final Form NOTHING_OF_STS = Form.parse("Version=2011-06-15");

  private static final Speech AT_ROOT =
      new Speech() {
        @Override
        public Protocol protocol(RoutingContext context, HttpMessage message) {
          return AwsEndpoint.protocol(message);
        }

        @Override
        public Protocol unread(RoutingContext context) {
          return Optional.ofNullable(context.request().getHeader(JsonProtocol.TARGET))
              .<Protocol>map(target -> new JsonProtocol(target, new byte[0]))
              .orElseGet(() -> new QueryProtocol(NOTHING_OF_STS));
        }
      };

  private final Bodies bodies;
  private final Catalogue catalogue;
  private final Calls calls;
  private final Origins origins;
  private final CallMetrics metrics;

  AwsEndpoint(
      Catalogue catalogue, Calls calls, Origins origins, CallMetrics metrics, Bodies bodies) {
    this.bodies = bodies;
    this.catalogue = catalogue;
    this.calls = calls;
    this.origins = origins;
    this.metrics = metrics;
  }

  /// How the calls of a route are written.
  private interface Speech {
    Protocol protocol(RoutingContext context, HttpMessage message);

    /// In which to answer what could not be read at all.
    Protocol unread(RoutingContext context);
  }

  void routes(@Observes Router router) {
    listen(router.route("/").method(HttpMethod.POST).method(HttpMethod.GET), AT_ROOT);
    for (Action<?, ?> action : catalogue.all()) {
      Http http = action.type().getAnnotation(Http.class);
      if (http != null) {
        listen(
            router.route(
                HttpMethod.valueOf(http.method()), LABEL.matcher(http.path()).replaceAll(":$1")),
            rest(action));
      }
    }
  }

  private void listen(Route route, Speech speech) {
    route
        .handler(bodies.atMost(LONGEST_BODY))
        .handler(context -> handle(context, speech))
        .failureHandler(context -> refuseUnread(context, speech));
  }

  private static Speech rest(Action<?, ?> action) {
    return new Speech() {
      @Override
      public Protocol protocol(RoutingContext context, HttpMessage message) {
        return new RestProtocol(action, context.pathParams(), message.query(), message.body());
      }

      @Override
      public Protocol unread(RoutingContext context) {
        return new RestProtocol(action, Map.of(), "", new byte[0]);
      }
    };
  }

  private void handle(RoutingContext context, Speech speech) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Origin origin = origins.of(context.request());
    Uni.createFrom()
        .deferred(() -> answer(context, speech, origin))
        .onFailure()
        .recoverWithItem(
            failure -> Answer.failure(speech.unread(context), failure, origin.callId()))
        .subscribe()
        .with(answer -> send(context, answer, origin));
  }

  private Uni<Answer> answer(RoutingContext context, Speech speech, Origin origin) {
    HttpMessage message = RawRequest.message(context);
    Protocol protocol = speech.protocol(context, message);
    long begun = System.nanoTime();
    return calls
        .answer(new Call(message, protocol, origin))
        .invoke(answer -> metrics.note(protocol, answer, System.nanoTime() - begun));
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

  private void refuseUnread(RoutingContext context, Speech speech) {
    Origin origin = origins.of(context.request());
    ErrorCode code = Body.unread(context).orElse(ErrorCode.MALFORMED_QUERY_STRING);
    ApiError refusal = code.error("The request could not be read.");
    send(context, Answer.failure(speech.unread(context), refusal, origin.callId()), origin);
  }

  private static void send(RoutingContext context, Answer answer, Origin origin) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    context
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.contentType())
        // By this the SDKs find out that their clock is wrong, and sign again (RFC 9110 §6.6.1).
        .putHeader("Date", HttpDate.of(origin.time()))
        .putHeader("Cache-Control", "no-store");
    if (answer.contentType().endsWith("json")) {
      answer
          .refusal()
          .ifPresent(is -> context.response().putHeader(ERROR_TYPE, is.code().jsonName()));
    }
    answer
        .explanation()
        .ifPresent(text -> context.response().putHeader("x-daypass-authorization-message", text));
    context.response().end(answer.body());
  }
}
