package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.INVALID_AUTHORIZATION_MESSAGE;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sts.TokenMessages.DecodeAuthorizationMessage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Base64;

/// Why an access was refused, sealed: the refused carry it, and those who may decode it read it.
@Singleton
public final class AuthorizationMessages {
  private final Sealer sealer;

  AuthorizationMessages(Sealer sealer) {
    this.sealer = sealer;
  }

  /// Seals an explanation for the account whose policies it tells of.
  public String encode(String account, String explanation) {
    byte[] message = sealer.seal(Secret.of(explanation), owner(account));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(message);
  }

  /// Opens what was sealed for the caller's account.
  public Uni<DecodeAuthorizationMessage.Result> decode(
      Caller caller, DecodeAuthorizationMessage request) {
    try {
      byte[] message = Base64.getUrlDecoder().decode(request.encodedMessage().value());
      return Uni.createFrom()
          .item(
              new DecodeAuthorizationMessage.Result(
                  sealer.open(message, owner(caller.account())).revealText()));
    } catch (IllegalArgumentException | IllegalStateException _) {
      throw INVALID_AUTHORIZATION_MESSAGE.error("Message is not valid");
    }
  }

  private static String owner(String account) {
    return "authorization-message/" + account;
  }
}
