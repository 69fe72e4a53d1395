package dev.daypass.broker.calls;

import dev.daypass.wire.ApiError;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Locale;

/// The span of one call, with an event for each step of the road that is behind it, so that what
/// took long is seen. Its names are OpenTelemetry's for AWS calls; all of its values come from the
/// catalogue and the error codes there are. Nothing that a request says is in it: who looks at
/// traces may not be who may look at the trail.
///
/// @see <a href="https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/">Semantic
///   conventions for AWS SDK</a>
final class CallTrace {
  private static final int FAULT = 500;

  /// What can be behind a call.
  enum Step {
    PROVEN,
    PERMITTED,
    ACTED,
    RECORDED;

    private final String event = name().toLowerCase(Locale.ROOT);
  }

  private final Span span;

  CallTrace(Span span) {
    this.span = span;
  }

  void of(Action<?, ?> action) {
    String service = action.service().signingName();
    span.updateName(service + "/" + action.name())
        .setAttribute("rpc.system.name", "aws-api")
        .setAttribute("rpc.service", service)
        .setAttribute("rpc.method", action.name());
  }

  void reached(Step step) {
    span.addEvent(step.event);
  }

  /// The call was answered.
  void end() {
    span.end();
  }

  /// The call was refused.
  void refused(ApiError refusal) {
    span.setAttribute("error.type", refusal.code().wireName())
        .setAttribute("http.response.status_code", refusal.code().status());
    if (refusal.code().status() >= FAULT) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
