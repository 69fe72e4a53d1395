package dev.daypass.broker.sso;

import dev.daypass.broker.signin.BearerTokens;
import dev.daypass.broker.signin.SignInFacts;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sso.SsoError;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;

/// Access tokens for the portal: of a sign-in, and no longer than it.
@Singleton
final class AccessTokens {
  private static final String SIGN_IN = "sign_in";
  private static final String SIGNED_IN_AT = "signed_in_at";
  private static final String SIGN_IN_ENDS_AT = "sign_in_ends_at";
  private static final String MFA_AT = "mfa_at";
  private static final String KEY_MARK = "key_mark";
  private static final BearerTokens.Kind KIND =
      new BearerTokens.Kind(
          "daypass-portal+jwt",
          "daypass-portal",
          Set.of(SIGN_IN, SIGNED_IN_AT, SIGN_IN_ENDS_AT, MFA_AT, KEY_MARK));

  private final BearerTokens tokens;

  AccessTokens(BearerTokens tokens) {
    this.tokens = tokens;
  }

  Secret of(SignInFacts signIn, Instant now, Instant expiresAt) {
    return tokens.sign(
        KIND.type(),
        KIND.audience(),
        Jwt.claims()
            .subject(signIn.userId())
            .issuedAt(now)
            .expiresAt(expiresAt)
            .claim(SIGN_IN, signIn.signIn())
            .claim(SIGNED_IN_AT, signIn.issuedAt())
            .claim(SIGN_IN_ENDS_AT, signIn.expiresAt())
            .claim(MFA_AT, signIn.mfaAt())
            .claim(KEY_MARK, signIn.keyMark()));
  }

  /// The sign-in that a token is of; fails with `UnauthorizedException` for anything else.
  Uni<SignInFacts> proven(String token, Instant now) {
    return tokens
        .proven(token, KIND, now)
        .map(proven -> facts(proven.orElseThrow(AccessTokens::unauthorized)));
  }

  private static SignInFacts facts(JWTCallerPrincipal proven) {
    return new SignInFacts(
        proven.getSubject(),
        proven.getClaim(SIGN_IN),
        number(proven, SIGNED_IN_AT),
        number(proven, SIGN_IN_ENDS_AT),
        number(proven, MFA_AT),
        proven.getClaim(KEY_MARK));
  }

  private static long number(JWTCallerPrincipal token, String claim) {
    return Long.parseLong(token.<Object>getClaim(claim).toString());
  }

  static RuntimeException unauthorized() {
    return SsoError.UNAUTHORIZED.error("Session token not found or invalid");
  }
}
