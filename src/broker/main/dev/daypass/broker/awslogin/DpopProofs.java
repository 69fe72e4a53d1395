package dev.daypass.broker.awslogin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.awslogin.LoginRefused.Code;
import dev.daypass.broker.tickets.Tickets;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Proofs that a tool has the key that its tokens are bound to (RFC 9449 §4.3).
@Singleton
final class DpopProofs {
  private static final String TYPE = "dpop+jwt";
  private static final int LONGEST = 4096;
  private static final int LONGEST_ID = 256;

  /// How far a tool's clock may be off, either way: as far as AWS's signatures have it. Proofs are
  /// remembered for as long.
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final Tickets tickets;

  DpopProofs(Tickets tickets) {
    this.tickets = tickets;
  }

  /// The request that a proof must be for.
  ///
  /// @param authorities under which this installation is reached
  record Asked(String method, String path, List<String> authorities) {}

  /// The thumbprint of the key (RFC 7638); fails with [LoginRefused] for anything but one fresh
  /// proof for this request.
  Uni<String> verify(List<String> headers, Asked asked, Instant now) {
    if (headers.size() != 1 || headers.getFirst().length() > LONGEST) {
      throw invalid("The request must have one DPoP header.");
    }
    try {
      SignedJWT proof = SignedJWT.parse(headers.getFirst());
      ECKey key = key(proof.getHeader());
      JWTClaimsSet claims = proof.getJWTClaimsSet();
      if (!proof.verify(new ECDSAVerifier(key))) {
        throw invalid("The DPoP proof is not signed by its key.");
      }
      check(claims, asked, now);
      String thumbprint = key.computeThumbprint().toString();
      return tickets
          .claim(Tickets.Kind.DPOP_PROOF, thumbprint + ":" + claims.getJWTID())
          .map(
              first -> {
                if (!first) {
                  throw invalid("The DPoP proof was used before.");
                }
                return thumbprint;
              });
    } catch (ParseException | JOSEException _) {
      throw invalid("The DPoP proof cannot be read.");
    }
  }

  private static ECKey key(JWSHeader header) {
    boolean right =
        header.getType() != null
            && TYPE.equals(header.getType().getType())
            && JWSAlgorithm.ES256.equals(header.getAlgorithm());
    if (right
        && header.getJWK() instanceof ECKey key
        && !key.isPrivate()
        && Curve.P_256.equals(key.getCurve())) {
      return key;
    }
    throw invalid("The DPoP proof must be a dpop+jwt, signed with ES256 by the public key in it.");
  }

  private static void check(JWTClaimsSet claims, Asked asked, Instant now) throws ParseException {
    if (!asked.method().equals(claims.getStringClaim("htm"))
        || !isHere(claims.getStringClaim("htu"), asked)) {
      throw invalid("The DPoP proof is for another request.");
    }
    String id = claims.getJWTID();
    if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
      throw invalid("The DPoP proof has no jti.");
    }
    if (claims.getIssueTime() == null
        || Duration.between(claims.getIssueTime().toInstant(), now).abs().compareTo(WINDOW) > 0) {
      throw invalid("The DPoP proof is not of now: is the clock right?");
    }
  }

  private static boolean isHere(String htu, Asked asked) {
    try {
      URI uri = URI.create(String.valueOf(htu));
      return asked.path().equals(uri.getRawPath())
          && asked.authorities().contains(String.valueOf(uri.getRawAuthority()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static LoginRefused invalid(String what) {
    return new LoginRefused(Code.INVALID_REQUEST, what);
  }
}
