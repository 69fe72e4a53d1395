package dev.daypass.broker.auditdigests;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/// What is signed of a stretch of the trail, and of all that was before it.
///
/// @param number from 1 on, without gaps
/// @param after the number of the last record of the digest before
/// @param through up to which record this one goes, inclusive
/// @param count how many records there are between
/// @param lines SHA-256 of the lines, in Base64url
/// @param previous SHA-256 of the token of the digest before, in Base64url; absent in the first
/// @param expiredBefore records of an earlier time may be gone: they were kept as long as was asked
record Digest(
    long number,
    long after,
    long through,
    int count,
    String lines,
    Optional<String> previous,
    Optional<Instant> expiredBefore,
    Instant issuedAt) {

  JWTClaimsSet claims() {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer("daypass")
            .issueTime(Date.from(issuedAt))
            .claim("number", number)
            .claim("after", after)
            .claim("through", through)
            .claim("count", count)
            .claim("lines", lines);
    previous.ifPresent(hash -> claims.claim("previous", hash));
    expiredBefore.ifPresent(time -> claims.claim("expired_before", time.getEpochSecond()));
    return claims.build();
  }

  static Digest of(JWTClaimsSet claims) throws ParseException {
    return new Digest(
        claims.getLongClaim("number"),
        claims.getLongClaim("after"),
        claims.getLongClaim("through"),
        claims.getIntegerClaim("count"),
        claims.getStringClaim("lines"),
        Optional.ofNullable(claims.getStringClaim("previous")),
        Optional.ofNullable(claims.getLongClaim("expired_before")).map(Instant::ofEpochSecond),
        claims.getIssueTime().toInstant());
  }
}
