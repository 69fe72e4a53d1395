package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.INVALID_CLIENT_TOKEN_ID;
import static dev.daypass.wire.ErrorCode.PACKED_POLICY_TOO_LARGE;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.MinimumSessionTokenSize;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/// Session tokens: compact JWS, signed with Ed25519, of a type and an audience that no other token
/// of ours has. What was verified once is remembered by its hash while its keys are honoured.
@Singleton
public final class SessionTokens {
  private static final JOSEObjectType TYPE = new JOSEObjectType("daypass-session+jwt");
  private static final int LARGEST = MinimumSessionTokenSize.LARGEST;
  private static final int LONGEST_READ = 16_384;
  private static final long MOST_REMEMBERED = 100_000;

  /// A session whose token was verified, with the secret that must have signed.
  public record Proven(Session session, Secret secret, String signingKey, String rootKey) {}

  private final SigningKeys keys;
  private final SessionSecrets secrets;
  private final Ed25519 ed25519;
  private volatile Optional<Active> active = Optional.empty();
  private final Cache<ByteBuffer, Proven> verified =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  SessionTokens(SigningKeys keys, SessionSecrets secrets, Ed25519 ed25519) {
    this.keys = keys;
    this.secrets = secrets;
    this.ed25519 = ed25519;
  }

  /// The credentials of a session, and how many bytes their token has.
  public record Issued(Credentials credentials, int size) {
    /// Per cent of the largest token there is.
    public int utilization() {
      return Math.ceilDiv(size * 100, LARGEST);
    }

    /// What AWS told before it told the utilization, where policies or tags were passed.
    Optional<Integer> packedPolicySize(Session session) {
      return session.narrowed() || !session.tags().isEmpty()
          ? Optional.of(utilization())
          : Optional.empty();
    }
  }

  /// The credentials of a session. Fails with `PackedPolicyTooLarge` where its policies and tags
  /// make its token larger than tokens may be.
  public Issued issue(Session session) {
    return issue(session, Optional.empty());
  }

  /// The same, with a token that is filled up to a size.
  Issued issue(Session session, Optional<MinimumSessionTokenSize> atLeast) {
    String root = secrets.activeRoot();
    Secret secret = secrets.derive(root, session.id(), session.accessKeyId()).orElseThrow();
    JWTClaimsSet claims = SessionClaims.of(session, root);
    String token = sign(claims);
    if (token.length() > LARGEST) {
      throw PACKED_POLICY_TOO_LARGE.error(
          "Packed policy consumes %d%% of allotted space, please use smaller policy."
              .formatted(Math.ceilDiv(token.length() * 100, LARGEST)));
    }
    int missing = atLeast.map(MinimumSessionTokenSize::value).orElse(0) - token.length();
    if (missing > 0) {
      token = sign(SessionClaims.filled(claims, missing));
    }
    Credentials credentials =
        new Credentials(
            new AccessKeyId(session.accessKeyId()), secret, Secret.of(token), session.expiresAt());
    return new Issued(credentials, token.length());
  }

  /// The marks of the keys that vouch for what is issued now.
  public List<String> marks() {
    return List.of(
        BrokerKey.mark(keys.ring().active(KeyPurpose.SESSION_TOKEN).id()),
        BrokerKey.mark(secrets.activeRoot()));
  }

  private String sign(JWTClaimsSet claims) {
    BrokerKey key = keys.ring().active(KeyPurpose.SESSION_TOKEN);
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).type(TYPE).keyID(key.id()).build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("could not sign a session token", e);
    }
    return token.serialize();
  }

  /// The signer of the key that signs now.
  private record Active(String keyId, JWSSigner signer) {}

  private JWSSigner signer(BrokerKey key) {
    Active last =
        active
            .filter(is -> is.keyId().equals(key.id()))
            .orElseGet(() -> new Active(key.id(), ed25519.signer(key.secret())));
    active = Optional.of(last);
    return last.signer();
  }

  /// Proves a token to be ours; fails with `InvalidClientTokenId` for any other. Whether the
  /// session is still alive is for the caller of this to ask.
  public Proven verify(String token) {
    if (token.length() > LONGEST_READ) {
      throw invalid();
    }
    ByteBuffer hash = hash(token);
    Proven known = verified.getIfPresent(hash);
    if (known == null) {
      known = prove(token);
      verified.put(hash, known);
    } else if (!honoured(known)) {
      verified.invalidate(hash);
      throw invalid();
    }
    return known;
  }

  private boolean honoured(Proven known) {
    return keys.ring().find(KeyPurpose.SESSION_TOKEN, known.signingKey()).isPresent()
        && keys.ring().find(KeyPurpose.SESSION_SECRET, known.rootKey()).isPresent();
  }

  private Proven prove(String token) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      JWSHeader header = signed.getHeader();
      boolean ours =
          TYPE.equals(header.getType())
              && JWSAlgorithm.EdDSA.equals(header.getAlgorithm())
              && header.getCriticalParams() == null
              && header.getKeyID() != null;
      if (!ours || !signed.verify(ed25519.verifier(publicKey(header.getKeyID())))) {
        throw invalid();
      }
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      String root = SessionClaims.rootKey(claims);
      Session session =
          SessionClaims.read(
              claims, List.of(BrokerKey.mark(header.getKeyID()), BrokerKey.mark(root)));
      Secret secret =
          secrets
              .derive(root, session.id(), session.accessKeyId())
              .orElseThrow(SessionTokens::invalid);
      return new Proven(session, secret, header.getKeyID(), root);
    } catch (ParseException | JOSEException | IllegalArgumentException _) {
      throw invalid();
    }
  }

  private OctetKeyPair publicKey(String id) {
    return keys.ring()
        .find(KeyPurpose.SESSION_TOKEN, id)
        .flatMap(BrokerKey::publicKey)
        .map(OctetKeyPair.class::cast)
        .orElseThrow(SessionTokens::invalid);
  }

  private static ByteBuffer hash(String token) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static RuntimeException invalid() {
    return INVALID_CLIENT_TOKEN_ID.error("The security token included in the request is invalid.");
  }
}
