package dev.daypass.wire.sts;

import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Constraint;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.AuthenticationCode;
import java.util.Optional;

/// What travels between a client and STS about the caller's own credentials.
public final class TokenMessages {
  private TokenMessages() {}

  public record GetSessionToken(
      Optional<TokenDuration> durationSeconds,
      Optional<DeviceSerialNumber> serialNumber,
      Optional<AuthenticationCode> tokenCode,
      Optional<MinimumSessionTokenSize> minimumSessionTokenSize)
      implements Request<GetSessionToken.Result> {
    public record Result(
        Credentials credentials, int sessionTokenUtilization, int sessionTokenSize) {}
  }

  public record GetCallerIdentity() implements Request<GetCallerIdentity.Result> {
    public record Result(String userId, String account, String arn) {}
  }

  public record GetAccessKeyInfo(AccessKeyId accessKeyId)
      implements Request<GetAccessKeyInfo.Result> {
    public record Result(String account) {}
  }

  public record DecodeAuthorizationMessage(EncodedMessage encodedMessage)
      implements Request<DecodeAuthorizationMessage.Result> {
    public record Result(String decodedMessage) {}
  }

  /// The sealed explanation that came with a refusal.
  public record EncodedMessage(String value) {
    private static final Constraint RULE = Constraint.of(1, 10240, "[\\s\\S]*");

    public EncodedMessage {
      RULE.check(value);
    }
  }
}
