package dev.daypass.broker.calls;

import dev.daypass.wire.sigv4.HttpMessage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A span of OpenTelemetry for each call, in the trace that its request says it belongs to (W3C
/// Trace Context), or in one of its own. Whether it is sampled is not for the request to say.
@Singleton
final class CallTraces {
  private static final W3CTraceContextPropagator PROPAGATOR =
      W3CTraceContextPropagator.getInstance();

  private static final TextMapGetter<HttpMessage> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpMessage message) {
          return List.copyOf(PROPAGATOR.fields());
        }

        @Override
        public @Nullable String get(@Nullable HttpMessage message, String name) {
          return message == null ? null : message.header(name).orElse(null);
        }
      };

  private final Tracer tracer;

  CallTraces(OpenTelemetry telemetry) {
    tracer = telemetry.getTracer("daypass");
  }

  /// The trace of a call that came as it is.
  CallTrace begin(Call call) {
    return begin(PROPAGATOR.extract(Context.root(), call.message(), HEADERS), call.id());
  }

  /// The trace of a call that was read elsewhere.
  CallTrace begin(String callId) {
    return begin(Context.root(), callId);
  }

  private CallTrace begin(Context parent, String callId) {
    Span span =
        tracer
            .spanBuilder("call")
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent)
            .setAttribute("aws.request_id", callId)
            .startSpan();
    return new CallTrace(span);
  }
}
