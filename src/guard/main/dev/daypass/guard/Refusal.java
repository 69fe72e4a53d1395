package dev.daypass.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.daypass.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A refusal as a service answers it: in the way of AWS's JSON protocols, which its SDKs read.
///
/// @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html">AWS restJson1</a>
public record Refusal(int status, String code, byte[] body) {
  /// The header that tells the code.
  public static final String HEADER = "x-amzn-ErrorType";

  /// What the body is.
  public static final String TYPE = "application/json";

  public static Refusal of(ApiError error) {
    String code = error.code().wireName();
    return new Refusal(
        error.code().status(),
        code,
        JSONObjectUtils.toJSONString(Map.of("__type", code, "message", error.text()))
            .getBytes(StandardCharsets.UTF_8));
  }
}
