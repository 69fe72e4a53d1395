package dev.daypass.broker.signin;

import static dev.daypass.wire.ErrorCode.EXPIRED_TOKEN;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.users.User;
import dev.daypass.wire.Secret;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The bearer tokens of those who have signed in: JWTs (RFC 9068 in spirit), accepted by our JSON
/// endpoints and pages and nothing else. Those that a person lets a tool have are of a kind of
/// their own, which opens the JSON endpoints alone.
@Alternative
@Priority(1)
@ApplicationScoped
public class SignInTokens extends JWTCallerPrincipalFactory {
  static final String ACCOUNT = "acct";
  static final String SIGN_IN = "sign_in";
  static final String MFA_AT = "mfa_at";
  private static final String METHODS = "amr";
  private static final String KEY_MARK = "key_mark";
  private static final String API = "daypass-api";
  private static final String ID_TYPE = "daypass-id+jwt";
  private static final BearerTokens.Kind KIND =
      new BearerTokens.Kind("daypass-sign-in+jwt", API, Set.of(ACCOUNT, SIGN_IN));
  private static final BearerTokens.Kind TOOLS =
      new BearerTokens.Kind("daypass-tool+jwt", API, Set.of(ACCOUNT, SIGN_IN, KEY_MARK));

  /// Of somebody without a user, which opens pages alone: every endpoint is for users.
  private static final BearerTokens.Kind FEDERATED =
      new BearerTokens.Kind(
          "daypass-federated-sign-in+jwt", "daypass-pages", Set.of(ACCOUNT, SIGN_IN));

  private final BearerTokens tokens;
  private final SignInConfig config;

  SignInTokens(BearerTokens tokens, SignInConfig config) {
    this.tokens = tokens;
    this.config = config;
  }

  /// How long a sign-in lasts.
  Duration lifetime() {
    return config.lifetime();
  }

  /// @param signIn the id of the sign-in
  Progress.SignedIn issue(User user, String signIn, Proof proof, Instant now) {
    Instant expiresAt = now.plus(lifetime());
    JwtClaimsBuilder claims =
        claims(user.id(), user.name(), user.account(), signIn, proof)
            .issuedAt(now)
            .expiresAt(expiresAt);
    if (proof.mfa()) {
      claims.claim(MFA_AT, now.getEpochSecond());
    }
    return new Progress.SignedIn(signed(claims), signIn, expiresAt, user.arn(), proof.mfa());
  }

  /// Another token of the same sign-in, no longer than it, with a second factor of now.
  Progress.SignedIn renew(Caller caller, SignInFacts signIn, Proof proof) {
    String name = caller.user().orElseThrow().name();
    JwtClaimsBuilder claims =
        claims(signIn.userId(), name, caller.account(), signIn.signIn(), proof)
            .issuedAt(signIn.issuedAt())
            .expiresAt(signIn.expiresAt())
            .claim(MFA_AT, caller.origin().time().getEpochSecond());
    return new Progress.SignedIn(
        signed(claims),
        signIn.signIn(),
        Instant.ofEpochSecond(signIn.expiresAt()),
        caller.arn(),
        true);
  }

  /// For somebody without a user, whom a provider vouches for.
  Progress.SignedIn issueFederated(Caller caller) {
    SignInFacts signIn = SignInFacts.of(caller);
    JwtClaimsBuilder claims =
        Jwt.claims()
            .subject(signIn.userId())
            .issuedAt(signIn.issuedAt())
            .expiresAt(signIn.expiresAt())
            .claim(ACCOUNT, caller.account())
            .claim(SIGN_IN, signIn.signIn());
    if (signIn.mfaAt() != 0) {
      claims.claim(MFA_AT, signIn.mfaAt());
    }
    return new Progress.SignedIn(
        tokens.sign(FEDERATED.type(), FEDERATED.audience(), claims),
        signIn.signIn(),
        Instant.ofEpochSecond(signIn.expiresAt()),
        caller.userId(),
        signIn.mfaAt() != 0);
  }

  /// What a tool has in the name of whoever has signed in: the same sign-in, as old as it, no
  /// longer than it, and with no other second factor.
  public Secret ofTool(Caller caller) {
    SignInFacts signIn = SignInFacts.of(caller);
    JwtClaimsBuilder claims =
        Jwt.claims()
            .subject(signIn.userId())
            .upn(caller.user().orElseThrow().name())
            .issuedAt(signIn.issuedAt())
            .expiresAt(signIn.expiresAt())
            .claim(ACCOUNT, caller.account())
            .claim(SIGN_IN, signIn.signIn())
            .claim(KEY_MARK, signIn.keyMark());
    if (signIn.mfaAt() != 0) {
      claims.claim(MFA_AT, signIn.mfaAt());
    }
    return tokens.sign(TOOLS.type(), TOOLS.audience(), claims);
  }

  private static JwtClaimsBuilder claims(
      String userId, String name, String account, String signIn, Proof proof) {
    return Jwt.claims()
        .subject(userId)
        .upn(name)
        .claim(ACCOUNT, account)
        .claim(SIGN_IN, signIn)
        .claim(METHODS, proof.methods());
  }

  private Secret signed(JwtClaimsBuilder claims) {
    return tokens.sign(KIND.type(), KIND.audience(), claims);
  }

  /// What tells a tool whose credentials it has: of a type of its own, which opens nothing.
  public Secret idToken(String arn, String clientId, Instant expiresAt) {
    return tokens.sign(ID_TYPE, clientId, Jwt.claims().subject(arn).expiresAt(expiresAt));
  }

  /// The mark of the key that signs what is issued now.
  String mark() {
    return tokens.mark();
  }

  /// The marks of the keys that vouch for a token: of the one that vouched for the sign-in, and of
  /// the one that signed what a tool has of it; `ExpiredToken` where that key is not honoured any
  /// more.
  List<String> keyMarks(JsonWebToken token) {
    String signer = tokens.mark(token.getRawToken()).orElseThrow(SignInTokens::ended);
    return Stream.concat(token.<String>claim(KEY_MARK).stream(), Stream.of(signer))
        .distinct()
        .toList();
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo configured)
      throws ParseException {
    return tokens.prove(token, List.of(KIND, TOOLS));
  }

  /// A token that came in the cookie of a browser; `ExpiredToken` where it does not count.
  JWTCallerPrincipal proven(String token) {
    try {
      return tokens.prove(token, List.of(KIND, FEDERATED));
    } catch (ParseException | RuntimeException _) {
      throw ended();
    }
  }

  private static RuntimeException ended() {
    return EXPIRED_TOKEN.error("This sign-in has ended.");
  }
}
