package dev.daypass.broker.signin;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.wire.Secret;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The JWTs that the broker signs and reads itself, with ES256: each kind of a type and for an
/// audience of its own, so that none is taken for another (RFC 8725 §3.9 and §3.11).
@Singleton
public final class BearerTokens {
  private static final String ISSUER = "daypass";

  /// A kind of token.
  ///
  /// @param type what `typ` says
  /// @param claims that it must have
  public record Kind(String type, String audience, Set<String> claims) {}

  private final SigningKeys keys;

  BearerTokens(SigningKeys keys) {
    this.keys = keys;
  }

  /// A token with these claims.
  public Secret sign(String type, String audience, JwtClaimsBuilder claims) {
    BrokerKey key = keys.ring().active(KeyPurpose.BEARER_TOKEN);
    return Secret.of(
        claims
            .issuer(ISSUER)
            .audience(audience)
            .jws()
            .algorithm(SignatureAlgorithm.ES256)
            .keyId(key.id())
            .header("typ", type)
            .sign(privateKey(key)));
  }

  /// What a token says; `ParseException` for what is none of this kind, was not signed by a key
  /// that is honoured, or has run out. [SigningKeys#current()] comes before it.
  public JWTCallerPrincipal prove(String token, Kind kind) throws ParseException {
    JWTAuthContextInfo expected = new JWTAuthContextInfo(publicKey(token, kind), ISSUER);
    expected.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    expected.setExpectedAudience(Set.of(kind.audience()));
    expected.setRequiredClaims(kind.claims());
    return new DefaultJWTCallerPrincipalFactory().parse(token, expected);
  }

  /// What a token of one of these kinds says; `ParseException` for any other.
  JWTCallerPrincipal prove(String token, List<Kind> kinds) throws ParseException {
    for (Kind kind : kinds) {
      if (isOf(kind, token)) {
        return prove(token, kind);
      }
    }
    throw new ParseException("not a token of these kinds");
  }

  private static boolean isOf(Kind kind, String token) throws ParseException {
    try {
      JWSHeader header = header(token);
      return header.getType() != null && header.getType().getType().equals(kind.type());
    } catch (java.text.ParseException e) {
      throw new ParseException("not a token", e);
    }
  }

  /// The same for what a cookie or another header brought, by the broker's own clock; absent for
  /// what does not count.
  public Uni<Optional<JWTCallerPrincipal>> proven(String token, Kind kind, Instant now) {
    return keys.current()
        .map(
            _ -> {
              try {
                return Optional.of(prove(token, kind))
                    .filter(is -> is.getExpirationTime() > now.getEpochSecond());
              } catch (ParseException | RuntimeException _) {
                return Optional.empty();
              }
            });
  }

  /// The mark of the key that signs what is issued now.
  String mark() {
    return BrokerKey.mark(keys.ring().active(KeyPurpose.BEARER_TOKEN).id());
  }

  /// The mark of the key that signed a token; absent where that key is not honoured any more.
  Optional<String> mark(String token) {
    try {
      return key(header(token)).map(key -> BrokerKey.mark(key.id()));
    } catch (java.text.ParseException e) {
      throw new IllegalStateException("a token that was proven does not parse", e);
    }
  }

  private static JWSHeader header(String token) throws java.text.ParseException {
    return JWSHeader.parse(new Base64URL(token.split("\\.", 2)[0]));
  }

  private Optional<BrokerKey> key(JWSHeader header) {
    return keys.ring().find(KeyPurpose.BEARER_TOKEN, String.valueOf(header.getKeyID()));
  }

  private PublicKey publicKey(String token, Kind kind) throws ParseException {
    if (!isOf(kind, token)) {
      throw new ParseException("not a token of this kind");
    }
    try {
      return key(header(token))
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
