package dev.daypass.broker.calls;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Service;
import dev.daypass.wire.WireError;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.json.JsonAnswer;
import dev.daypass.wire.json.JsonReader;
import java.util.Optional;
import java.util.stream.Stream;

/// The AWS JSON protocol, version 1.1: the action in the header `X-Amz-Target`, JSON in and out.
///
/// @param target the header: `AWSOrganizationsV20161128.ListRoots`
/// @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1</a>
record JsonProtocol(String target, byte[] body) implements Protocol {
  private static final int SENDER = 400;

  /// The header that names the action.
  static final String TARGET = "X-Amz-Target";

  @Override
  public Optional<Service> called() {
    int dot = target.lastIndexOf('.');
    Optional<String> prefix = Optional.of(target.substring(0, Math.max(dot, 0)));
    return Stream.of(Service.values())
        .filter(service -> service.target().equals(prefix))
        .findFirst();
  }

  @Override
  public Service words() {
    return called().orElse(Service.ORGANIZATIONS);
  }

  @Override
  public String action() {
    return target.substring(target.lastIndexOf('.') + 1);
  }

  @Override
  public ApiError unknown(String action) {
    return ErrorCode.INVALID_ACTION.error(
        Unanswered.told("Could not find operation " + target, called(), action));
  }

  @Override
  public <T> T read(Class<T> type) {
    return JsonReader.read(type, body, Naming.UPPER_CAMEL, words().invalid());
  }

  @Override
  public String contentType() {
    return "application/x-amz-json-1.1";
  }

  @Override
  public String success(Action<?, ?> action, Object result, String callId) {
    return JsonAnswer.success((Record) result, Naming.UPPER_CAMEL);
  }

  /// JSON services tell the caller's faults apart by name alone.
  @Override
  public int status(ApiError refusal) {
    int status = refusal.code().status();
    return status < WireError.FIRST_SERVER_FAULT ? SENDER : status;
  }

  @Override
  public String failure(ApiError refusal, String callId) {
    return JsonAnswer.failure(refusal, Naming.UPPER_CAMEL);
  }
}
