package dev.daypass.client.sources;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.BrokerConnection.Answer;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.RequestSigner;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// STS, as a workload calls it.
///
/// @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/Welcome.html">AWS Security
///   Token Service API Reference</a>
public final class SecurityTokenService {
  private static final int OK = 200;

  /// What is answered to credentials that are none any more.
  private static final Set<String> ENDED = Set.of("InvalidClientTokenId", "ExpiredToken");

  private final BrokerConnection broker;
  private final QueryService sts;

  public SecurityTokenService(BrokerConnection broker) {
    this.broker = broker;
    this.sts = new QueryService(broker, "sts", "2011-06-15");
  }

  /// Whether credentials still count.
  public enum Standing {
    ALIVE,
    /// They were revoked, or their role, user or sign-in is gone.
    ENDED,
    /// The broker did not say.
    UNKNOWN
  }

  /// Asks for a role with a token of another issuer's.
  Fetched assumeRoleWithWebIdentity(RoleRequest role, Secret token) {
    Map<String, String> parameters = new TreeMap<>(role.parameters());
    parameters.put("WebIdentityToken", token.revealText());
    return fetch("AssumeRoleWithWebIdentity", parameters, Optional.empty());
  }

  /// Asks for a role with other credentials.
  Fetched assumeRole(RoleRequest role, RequestSigner signer) {
    return fetch("AssumeRole", role.parameters(), Optional.of(signer));
  }

  /// Asks whether the broker still takes them: a revocation is not told to those it is about.
  public Standing standing(Credentials credentials) {
    try {
      Answer answer = sts.send("GetCallerIdentity", Map.of(), Optional.of(signer(credentials)));
      if (answer.status() == OK) {
        return Standing.ALIVE;
      }
      return ENDED.contains(QueryAnswer.read(answer.body()).get("Code"))
          ? Standing.ENDED
          : Standing.UNKNOWN;
    } catch (IOException _) {
      return Standing.UNKNOWN;
    }
  }

  /// What signs with temporary credentials.
  static RequestSigner signer(Credentials credentials) {
    return new RequestSigner(
        credentials.accessKeyId(),
        credentials.secretAccessKey(),
        Optional.of(credentials.sessionToken()));
  }

  private Fetched fetch(
      String action, Map<String, String> parameters, Optional<RequestSigner> signer) {
    try {
      Answer answer = sts.send(action, parameters, signer);
      QueryAnswer said = QueryAnswer.read(answer.body());
      return answer.status() == OK
          ? new Fetched.Fresh(credentials(said))
          : Refusal.of(
              answer.status(),
              said.get("Code"),
              said.find("Message").orElse(""),
              answer.retryAfter());
    } catch (IOException | DateTimeException e) {
      return new Fetched.Away("NoAnswer", broker.server() + ": " + e);
    }
  }

  private static Credentials credentials(QueryAnswer said) throws IOException {
    return new Credentials(
        said.get("AccessKeyId"),
        Secret.of(said.get("SecretAccessKey")),
        Secret.of(said.get("SessionToken")),
        Instant.parse(said.get("Expiration")),
        said.get("Arn"));
  }
}
