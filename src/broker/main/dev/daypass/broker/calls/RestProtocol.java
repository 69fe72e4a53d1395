package dev.daypass.broker.calls;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.Http;
import dev.daypass.wire.Service;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.json.JsonAnswer;
import dev.daypass.wire.json.RestReader;
import java.util.Map;
import java.util.Optional;

/// The REST protocol with JSON: the action by method and path, which were matched already.
///
/// @param of the action
/// @param labels what stood in the path, decoded
/// @param query as it was sent
/// @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html">AWS restJson1</a>
record RestProtocol(Action<?, ?> of, Map<String, String> labels, String query, byte[] body)
    implements Protocol {
  @Override
  public Optional<Service> called() {
    return Optional.of(of.service());
  }

  @Override
  public Service words() {
    return of.service();
  }

  @Override
  public String action() {
    return of.name();
  }

  @Override
  public ApiError unknown(String action) {
    throw new IllegalStateException("the action was found before it was read");
  }

  @Override
  public <T> T read(Class<T> type) {
    return RestReader.read(type, labels, query, body, words().invalid());
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public int status(Action<?, ?> action) {
    return action.type().getAnnotation(Http.class).status();
  }

  @Override
  public String success(Action<?, ?> action, Object result, String callId) {
    return JsonAnswer.success((Record) result, Naming.LOWER_CAMEL);
  }

  @Override
  public int status(ApiError refusal) {
    return refusal.code().status();
  }

  @Override
  public String failure(ApiError refusal, String callId) {
    return JsonAnswer.failure(refusal, Naming.LOWER_CAMEL);
  }
}
