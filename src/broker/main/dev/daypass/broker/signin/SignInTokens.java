package dev.daypass.broker.signin;

import static dev.daypass.wire.ErrorCode.EXPIRED_TOKEN;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.broker.users.User;
import dev.daypass.wire.Secret;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The bearer tokens of those who have signed in: JWTs (RFC 9068 in spirit) signed with ES256, of a
/// type and for an audience of their own, accepted by our JSON endpoints and nothing else.
@Alternative
@Priority(1)
@ApplicationScoped
public class SignInTokens extends JWTCallerPrincipalFactory {
  static final String ACCOUNT = "acct";
  static final String SIGN_IN = "sign_in";
  static final String MFA_AT = "mfa_at";
  private static final String METHODS = "amr";
  private static final String ISSUER = "daypass";
  private static final String AUDIENCE = "daypass-api";
  private static final String ID_TYPE = "daypass-id+jwt";
  private static final String TYPE = "daypass-sign-in+jwt";

  private final SigningKeys keys;
  private final SignInConfig config;

  SignInTokens(SigningKeys keys, SignInConfig config) {
    this.keys = keys;
    this.config = config;
  }

  /// @param signIn the id of the sign-in
  Progress.SignedIn issue(User user, String signIn, Proof proof, Instant now) {
    Instant expiresAt = now.plus(config.lifetime());
    BrokerKey key = keys.ring().active(KeyPurpose.BEARER_TOKEN);
    var claims =
        Jwt.claims()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(user.id())
            .upn(user.name())
            .issuedAt(now)
            .expiresAt(expiresAt)
            .claim(ACCOUNT, user.account())
            .claim(SIGN_IN, signIn)
            .claim(METHODS, proof.methods());
    if (proof.mfa()) {
      claims.claim(MFA_AT, now.getEpochSecond());
    }
    String token =
        claims
            .jws()
            .algorithm(SignatureAlgorithm.ES256)
            .keyId(key.id())
            .header("typ", TYPE)
            .sign(privateKey(key));
    return new Progress.SignedIn(Secret.of(token), expiresAt, user.arn(), proof.mfa());
  }

  /// What tells a tool whose credentials it has: of a type of its own, which opens nothing.
  public Secret idToken(String arn, String clientId, Instant expiresAt) {
    BrokerKey key = keys.ring().active(KeyPurpose.BEARER_TOKEN);
    return Secret.of(
        Jwt.claims()
            .issuer(ISSUER)
            .audience(clientId)
            .subject(arn)
            .expiresAt(expiresAt)
            .jws()
            .algorithm(SignatureAlgorithm.ES256)
            .keyId(key.id())
            .header("typ", ID_TYPE)
            .sign(privateKey(key)));
  }

  /// The mark of the key that signs what is issued now.
  String mark() {
    return BrokerKey.mark(keys.ring().active(KeyPurpose.BEARER_TOKEN).id());
  }

  /// The mark of the key that signed a token; `ExpiredToken` where that key is not honoured any
  /// more.
  String keyMark(JsonWebToken token) {
    try {
      String id = String.valueOf(header(token.getRawToken()).getKeyID());
      return keys.ring()
          .find(KeyPurpose.BEARER_TOKEN, id)
          .map(key -> BrokerKey.mark(key.id()))
          .orElseThrow(() -> EXPIRED_TOKEN.error("This sign-in has ended."));
    } catch (java.text.ParseException e) {
      throw new IllegalStateException("a token that was proven does not parse", e);
    }
  }

  private static JWSHeader header(String token) throws java.text.ParseException {
    return JWSHeader.parse(new Base64URL(token.split("\\.", 2)[0]));
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo configured)
      throws ParseException {
    JWTAuthContextInfo expected = new JWTAuthContextInfo(publicKey(token), ISSUER);
    expected.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    expected.setExpectedAudience(Set.of(AUDIENCE));
    expected.setRequiredClaims(Set.of(ACCOUNT, SIGN_IN));
    return new DefaultJWTCallerPrincipalFactory().parse(token, expected);
  }

  /// A token that came in another way than in a header; `ExpiredToken` where it does not count.
  JWTCallerPrincipal proven(String token) {
    try {
      return parse(token, new JWTAuthContextInfo());
    } catch (ParseException | RuntimeException _) {
      throw EXPIRED_TOKEN.error("This sign-in has ended.");
    }
  }

  private PublicKey publicKey(String token) throws ParseException {
    try {
      JWSHeader header = header(token);
      if (header.getType() == null || !header.getType().getType().equals(TYPE)) {
        throw new ParseException("not a sign-in token");
      }
      return keys.ring()
          .find(KeyPurpose.BEARER_TOKEN, String.valueOf(header.getKeyID()))
          .flatMap(BrokerKey::publicKey)
          .orElseThrow(() -> new ParseException("the key is not known"))
          .toECKey()
          .toECPublicKey();
    } catch (java.text.ParseException | com.nimbusds.jose.JOSEException e) {
      throw new ParseException("not a token", e);
    }
  }

  private static PrivateKey privateKey(BrokerKey key) {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(key.secret().reveal()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored key is no key", e);
    }
  }
}
