package dev.daypass.client.sources;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Credentials;
import dev.daypass.client.Forms;
import dev.daypass.client.sources.BrokerConnection.Answer;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A certificate that a trust anchor vouches for.
///
/// @see <a
///   href="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html">CreateSession</a>
public record RolesAnywhere(
    BrokerConnection broker,
    RoleRequest role,
    CertificateFile certificate,
    String trustAnchorArn,
    String profileArn)
    implements Source {
  private static final String REGION = "us-east-1";
  private static final int CREATED = 201;

  @Override
  public Fetched fetch() {
    try {
      var request =
          broker.request(
              "/sessions",
              Forms.of(
                  Map.of(
                      "profileArn", profileArn,
                      "roleArn", role.roleArn(),
                      "trustAnchorArn", trustAnchorArn)),
              "application/json",
              JSON.std.asString(Map.of("durationSeconds", role.duration().toSeconds())));
      var signer = certificate.signer();
      Answer answer = broker.send(now -> signer.sign(request, REGION, "rolesanywhere", now));
      Map<String, Object> said = JSON.std.mapFrom(answer.body());
      return answer.status() == CREATED
          ? new Fetched.Fresh(credentials(said))
          : Refusal.of(
              answer.status(),
              code(said),
              String.valueOf(said.get("message")),
              answer.retryAfter());
    } catch (IOException | RuntimeException e) {
      return new Fetched.Away("NoAnswer", broker.server() + ": " + e);
    }
  }

  /// `__type` may stand behind a namespace.
  private static String code(Map<String, Object> said) {
    String type = String.valueOf(said.get("__type"));
    return type.substring(type.indexOf('#') + 1);
  }

  private static Credentials credentials(Map<String, Object> said) throws IOException {
    if (!(said.get("credentialSet") instanceof List<?> set)
        || set.isEmpty()
        || !(set.getFirst() instanceof Map<?, ?> one)
        || !(one.get("credentials") instanceof Map<?, ?> given)
        || !(one.get("assumedRoleUser") instanceof Map<?, ?> user)) {
      throw new IOException("the answer has no credentials");
    }
    return new Credentials(
        text(given, "accessKeyId"),
        Secret.of(text(given, "secretAccessKey")),
        Secret.of(text(given, "sessionToken")),
        expiration(text(given, "expiration")),
        text(user, "arn"));
  }

  private static Instant expiration(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException("the answer has no expiration", e);
    }
  }

  private static String text(Map<?, ?> from, String name) throws IOException {
    Object value = from.get(name);
    if (!(value instanceof String text) || text.isEmpty()) {
      throw new IOException("the answer has no " + name);
    }
    return text;
  }
}
