package dev.daypass.broker.webidentity;

import static dev.daypass.wire.ErrorCode.IDP_COMMUNICATION_ERROR;
import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import com.nimbusds.jose.jwk.JWK;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/// Whether tokens are their issuers', by the issuers' keys.
@Singleton
final class TokenSignatures {
  private final IssuerKeys keys;

  TokenSignatures(IssuerKeys keys) {
    this.keys = keys;
  }

  /// Asks the issuer for its keys where they are not known.
  Uni<Void> verify(WebToken token) {
    return keys.get(token.issuer())
        .onFailure()
        .transform(_ -> unreachable())
        .chain(known -> newerWhereMissing(token, known))
        .invoke(candidates -> check(token, candidates))
        .replaceWithVoid();
  }

  /// Asks nobody.
  Uni<Void> verifyFromMemory(WebToken token) {
    return Uni.createFrom()
        .item(
            () ->
                token.candidates(
                    keys.known(token.issuer()).orElseThrow(TokenSignatures::unreachable)))
        .invoke(candidates -> check(token, candidates))
        .replaceWithVoid();
  }

  /// A key that is not known may be new.
  private Uni<List<JWK>> newerWhereMissing(WebToken token, KeySet known) {
    List<JWK> candidates = token.candidates(known);
    return candidates.isEmpty()
        ? keys.newer(token.issuer(), known).map(token::candidates)
        : Uni.createFrom().item(candidates);
  }

  private static void check(WebToken token, List<JWK> candidates) {
    if (candidates.isEmpty()) {
      throw INVALID_IDENTITY_TOKEN.error(
          "Couldn't retrieve verification key from your identity provider,  please reference"
              + " AssumeRoleWithWebIdentity documentation for requirements");
    }
    if (!token.signedByOneOf(candidates)) {
      throw INVALID_IDENTITY_TOKEN.error("The signature of the token is not valid");
    }
  }

  private static RuntimeException unreachable() {
    return IDP_COMMUNICATION_ERROR.error(
        "The identity provider could not be reached to verify the token. Try again later.");
  }
}
