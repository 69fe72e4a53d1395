package dev.daypass.client.sources;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.Credentials;
import dev.daypass.client.Forms;
import dev.daypass.client.sources.BrokerConnection.Answer;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.RequestSigner;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A service of the query protocol at the broker: IAM, STS.
///
/// @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query
///   protocol</a>
public final class QueryService {
  private static final String REGION = "us-east-1";
  private static final int OK = 200;

  private final BrokerConnection broker;
  private final String signingName;
  private final String version;

  /// @param signingName such as `iam`
  /// @param version of its API, such as `2010-05-08`
  public QueryService(BrokerConnection broker, String signingName, String version) {
    this.broker = broker;
    this.signingName = signingName;
    this.version = version;
  }

  /// Calls an action. Fails with [BrokerRefused] and [BrokerUnreachable].
  ///
  /// @param parameters such as `Tags.member.1.Key`
  /// @param by whose call it is
  public QueryAnswer call(String action, Map<String, String> parameters, Credentials by) {
    try {
      Answer answer = send(action, parameters, Optional.of(SecurityTokenService.signer(by)));
      QueryAnswer said = QueryAnswer.read(answer.body());
      if (answer.status() != OK) {
        throw refusal(answer.status(), said);
      }
      return said;
    } catch (IOException e) {
      throw new BrokerUnreachable(
          broker.server().toString(), Optional.ofNullable(e.getMessage()).orElse("no answer"));
    }
  }

  private static BrokerRefused refusal(int status, QueryAnswer said) {
    Map<String, Object> details = new TreeMap<>();
    said.find("RequestId").ifPresent(id -> details.put("requestId", id));
    return new BrokerRefused(
        status, said.find("Code").orElse("Unknown"), said.find("Message").orElse(""), details);
  }

  /// Sends a call, signed or not; fails with [IOException] where no answer comes.
  Answer send(String action, Map<String, String> parameters, Optional<RequestSigner> signer)
      throws IOException {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("Action", action);
    all.put("Version", version);
    HttpMessage unsigned =
        broker.request("/", "", "application/x-www-form-urlencoded; charset=utf-8", Forms.of(all));
    return signer.isEmpty()
        ? broker.send(unsigned)
        : broker.send(now -> signer.get().sign(unsigned, REGION, signingName, now));
  }
}
