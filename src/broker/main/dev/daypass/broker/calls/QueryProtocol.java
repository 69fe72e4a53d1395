package dev.daypass.broker.calls;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Service;
import dev.daypass.wire.query.Form;
import dev.daypass.wire.query.QueryReader;
import dev.daypass.wire.query.XmlAnswer;
import java.util.Optional;
import java.util.stream.Stream;

/// The AWS Query protocol: a form in, XML out.
record QueryProtocol(Form form) implements Protocol {
  @Override
  public Optional<Service> called() {
    String version = version();
    return Stream.of(Service.values())
        .filter(service -> service.protocol() == Service.Protocol.QUERY)
        .filter(service -> service.version().equals(version))
        .findFirst();
  }

  private String version() {
    return form.find("Version").orElse("");
  }

  @Override
  public Service words() {
    return called().orElse(Service.IAM);
  }

  @Override
  public String action() {
    return form.find("Action").orElseThrow(QueryProtocol::missing);
  }

  private static ApiError missing() {
    return ErrorCode.MISSING_ACTION.error(
        "The request is missing an action or a required parameter.");
  }

  @Override
  public ApiError unknown(String action) {
    return ErrorCode.INVALID_ACTION.error(
        Unanswered.told(
            "Could not find operation %s for version %s".formatted(action, version()),
            called(),
            action));
  }

  @Override
  public <T> T read(Class<T> type) {
    return QueryReader.read(type, form);
  }

  @Override
  public String contentType() {
    return "text/xml";
  }

  @Override
  public String success(Action<?, ?> action, Object result, String callId) {
    return XmlAnswer.success(action.service(), action.name(), result, callId);
  }

  @Override
  public int status(ApiError refusal) {
    return refusal.code().status();
  }

  @Override
  public String failure(ApiError refusal, String callId) {
    return XmlAnswer.failure(words(), refusal, callId);
  }
}
