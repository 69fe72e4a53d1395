package dev.daypass.guard;

import static dev.daypass.wire.ErrorCode.EXPIRED_TOKEN;
import static dev.daypass.wire.ErrorCode.INVALID_CLIENT_TOKEN_ID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Principal;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;

/// Bearer tokens of one issuer: JWTs of the type `JWT`, signed with ES256, ES384 or RS256, meant
/// for this service alone (RFC 7519, RFC 8725). Whoever brings one is a federated principal, to
/// whom the policy of a resource gives what it has. Tokens that prove signatures, and those of
/// sign-ins, are of other types and for other audiences.
final class BearerTokens {
  private static final int LONGEST_TOKEN = 16_384;
  private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration BETWEEN_READS = Duration.ofSeconds(2);
  private static final int SKEW_SECONDS = 30;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.RS256);

  private final BearerIssuer issuer;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  BearerTokens(BearerIssuer issuer, ResourceRetriever retriever, InstantSource clock) {
    this.issuer = issuer;
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, keys(issuer, retriever)));
    processor.setJWTClaimsSetVerifier(verifier(issuer, clock));
  }

  /// A key that is not known is looked for at most twice in two seconds, whatever tokens say.
  private static JWKSource<SecurityContext> keys(BearerIssuer issuer, ResourceRetriever retriever) {
    try {
      return JWKSourceBuilder.<SecurityContext>create(issuer.keys().toURL(), retriever)
          .cache(KEYS_KEPT.toMillis(), PATIENCE.toMillis())
          .refreshAheadCache(false)
          .rateLimited(BETWEEN_READS.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("the keys have no address", e);
    }
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> verifier(
      BearerIssuer issuer, InstantSource clock) {
    var verifier =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            issuer.audiences(),
            new JWTClaimsSet.Builder().issuer(issuer.issuer()).build(),
            Set.of("sub", "exp", "iat", "aud"),
            Set.of()) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew(SKEW_SECONDS);
    return verifier;
  }

  /// Who brings the token; fails with `InvalidClientTokenId` or `ExpiredToken`.
  Caller prove(String token, Context request) {
    try {
      if (token.length() > LONGEST_TOKEN) {
        throw invalid();
      }
      JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
      if (!issuer.audiences().containsAll(claims.getAudience())) {
        // Whoever else it is meant for could bring it here.
        throw invalid();
      }
      return caller(claims, request);
    } catch (ExpiredJWTException _) {
      throw EXPIRED_TOKEN.error("The security token included in the request is expired");
    } catch (ParseException | BadJOSEException | JOSEException _) {
      throw invalid();
    }
  }

  private Caller caller(JWTClaimsSet claims, Context request) {
    Context.Builder told = Context.builder().put(issuer.name() + ":sub", claims.getSubject());
    if (claims.getAudience().size() == 1) {
      told.put(issuer.name() + ":aud", claims.getAudience().getFirst());
    } else {
      told.putAll(issuer.name() + ":aud", claims.getAudience());
    }
    return new Caller(
        new Principal.Federated(issuer.name()),
        Policies.NONE,
        Optional.empty(),
        Optional.empty(),
        request.with(told.build()));
  }

  private static RuntimeException invalid() {
    return INVALID_CLIENT_TOKEN_ID.error("The security token included in the request is invalid.");
  }
}
