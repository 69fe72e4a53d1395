package dev.daypass.broker.sessions;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.broker.access.Delegate;
import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.LineageClaim;
import dev.daypass.broker.access.Session;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A [Session] as the claims of its token, and back.
final class SessionClaims {
  /// Marks a token that proves a signature's key and is never a bearer token.
  static final String AUDIENCE = "sigv4";

  private static final String SESSION_POLICY = "session policy";

  private SessionClaims() {}

  static JWTClaimsSet of(Session session, String rootKey) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .audience(AUDIENCE)
            .jwtID(session.id())
            .subject(session.principalArn())
            .issueTime(Date.from(session.issuedAt()))
            .expirationTime(Date.from(session.expiresAt()))
            .claim("akid", session.accessKeyId())
            .claim("root", rootKey)
            .claim("kind", session.kind().name())
            .claim("acct", session.account())
            .claim("pid", session.principalId())
            .claim("name", session.name())
            .claim("via", LineageClaim.of(session.lineage()));
    session.mfaAt().ifPresent(at -> claims.claim("mfa", at.getEpochSecond()));
    session.sourceIdentity().ifPresent(is -> claims.claim("sid", is));
    session.signIn().ifPresent(id -> claims.claim("sign_in", id));
    session.policy().ifPresent(is -> claims.claim("policy", Packed.pack(is.text())));
    session.federation().ifPresent(from -> claims.claim("fed", from.claim()));
    session
        .delegate()
        .ifPresent(to -> claims.claim("delegate", List.of(to.requestId(), to.account())));
    if (!session.policyArns().isEmpty()) {
      claims.claim("arns", session.policyArns());
    }
    if (!session.tags().isEmpty()) {
      claims.claim("tags", session.tags());
      claims.claim("ttags", List.copyOf(session.transitiveTagKeys()));
    }
    return claims.build();
  }

  /// The same claims, with one more that makes the token at least `bytes` longer: of four bytes of
  /// Base64url, three are the claims' own.
  static JWTClaimsSet filled(JWTClaimsSet claims, int bytes) {
    int fill = Math.max(0, Math.ceilDiv(bytes * 3, 4) - ",\"fill\":\"\"".length() + 1);
    return new JWTClaimsSet.Builder(claims).claim("fill", "0".repeat(fill)).build();
  }

  /// @param keys the marks of the broker's keys that vouch for the session
  /// @throws ParseException where a claim is missing or is not what it should be
  static Session read(JWTClaimsSet claims, List<String> keys) throws ParseException {
    if (!List.of(AUDIENCE).equals(claims.getAudience())) {
      throw new ParseException("not a session's audience", 0);
    }
    return new Session(
        text(claims, "jti"),
        text(claims, "akid"),
        kind(text(claims, "kind")),
        text(claims, "acct"),
        text(claims, "sub"),
        text(claims, "pid"),
        text(claims, "name"),
        time(claims.getIssueTime()),
        time(claims.getExpirationTime()),
        Optional.ofNullable(claims.getLongClaim("mfa")).map(Instant::ofEpochSecond),
        Optional.ofNullable(claims.getStringClaim("sid")),
        tags(claims),
        Set.copyOf(strings(claims, "ttags")),
        policy(claims),
        strings(claims, "arns"),
        LineageClaim.read(claims.getListClaim("via"), keys),
        Optional.ofNullable(claims.getStringClaim("sign_in")),
        federation(claims),
        delegate(claims));
  }

  private static Optional<Federation> federation(JWTClaimsSet claims) throws ParseException {
    return Optional.ofNullable(claims.getJSONObjectClaim("fed")).map(Federation::of);
  }

  private static Optional<Delegate> delegate(JWTClaimsSet claims) throws ParseException {
    List<String> parts = strings(claims, "delegate");
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    if (parts.size() != 2) {
      throw missing();
    }
    return Optional.of(new Delegate(parts.getFirst(), parts.getLast()));
  }

  static String rootKey(JWTClaimsSet claims) throws ParseException {
    return text(claims, "root");
  }

  private static Optional<Policy> policy(JWTClaimsSet claims) throws ParseException {
    String packed = claims.getStringClaim("policy");
    return packed == null
        ? Optional.empty()
        : Optional.of(Policy.parse(PolicyType.SESSION, SESSION_POLICY, Packed.unpack(packed)));
  }

  private static Session.Kind kind(String name) throws ParseException {
    try {
      return Session.Kind.valueOf(name);
    } catch (IllegalArgumentException _) {
      throw missing();
    }
  }

  private static Map<String, String> tags(JWTClaimsSet claims) throws ParseException {
    Map<String, Object> claim = claims.getJSONObjectClaim("tags");
    Map<String, String> tags = new HashMap<>();
    if (claim != null) {
      claim.forEach((key, value) -> tags.put(key, value.toString()));
    }
    return tags;
  }

  private static List<String> strings(JWTClaimsSet claims, String name) throws ParseException {
    List<String> list = claims.getStringListClaim(name);
    return list == null ? List.of() : list;
  }

  private static String text(JWTClaimsSet claims, String name) throws ParseException {
    String value = claims.getStringClaim(name);
    if (value == null) {
      throw missing();
    }
    return value;
  }

  private static Instant time(@org.jspecify.annotations.Nullable Date date) throws ParseException {
    if (date == null) {
      throw missing();
    }
    return date.toInstant();
  }

  private static ParseException missing() {
    return new ParseException("a claim is missing", 0);
  }
}
