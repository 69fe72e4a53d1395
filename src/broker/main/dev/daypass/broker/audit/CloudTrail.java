package dev.daypass.broker.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.CertificateFederation;
import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.IssuedSession;
import dev.daypass.broker.access.LineageClaim;
import dev.daypass.broker.access.OidcFederation;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.SamlFederation;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.database.OrderedIds;
import dev.daypass.policy.Principal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// A record in CloudTrail's own shape, so that what reads CloudTrail reads this.
///
/// @see <a
///   href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">CloudTrail
///   record contents</a>
public final class CloudTrail {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "1.11";
  private static final int LONGEST_TEXT = 1024;

  private final ObjectNode record = JSON.createObjectNode();
  private final UUID id = OrderedIds.next();
  private final Origin origin;
  private String source = "daypass";
  private String name = "Unknown";
  private Optional<String> account = Optional.empty();
  private Optional<String> user = Optional.empty();
  private Optional<String> accessKey = Optional.empty();
  private Optional<String> error = Optional.empty();

  /// A record of something that came from there.
  public CloudTrail(Origin origin) {
    this.origin = origin;
    record.put("eventVersion", VERSION);
    record.put("eventID", id.toString());
    record.put("eventTime", origin.time().truncatedTo(ChronoUnit.SECONDS).toString());
    record.put("sourceIPAddress", origin.address());
    record.put("userAgent", bounded(origin.userAgent()));
    record.put("requestID", origin.callId());
    record.put("managementEvent", true);
    record.put("eventCategory", "Management");
  }

  /// What happened: `sts.amazonaws.com`, `AssumeRole`, `AwsApiCall`.
  public CloudTrail event(String eventSource, String eventName, String eventType) {
    source = eventSource;
    name = bounded(eventName);
    record.put("eventSource", source);
    record.put("eventName", name);
    record.put("eventType", eventType);
    return this;
  }

  public CloudTrail readOnly(boolean readOnly) {
    record.put("readOnly", readOnly);
    return this;
  }

  /// Who did it.
  public CloudTrail by(Caller caller) {
    account = Optional.of(caller.account());
    accessKey = caller.accessKeyId();
    user = Optional.of(nameOf(caller));
    record.put("awsRegion", caller.origin().region());
    record.put("recipientAccountId", caller.account());
    record.set("userIdentity", identity(caller));
    return this;
  }

  /// Who claimed to be doing it, where that was not proven.
  public CloudTrail claimedBy(String accountId, String userName) {
    account = Optional.of(accountId);
    user = Optional.of(bounded(userName));
    ObjectNode identity = record.putObject("userIdentity");
    identity.put("type", "IAMUser");
    identity.put("accountId", accountId);
    identity.put("userName", bounded(userName));
    return this;
  }

  /// How a sign-in, or a step of one, ended.
  ///
  /// @param event its name
  /// @param device the serial number of the MFA device that was used
  public CloudTrail signIn(String event, boolean success, boolean mfa, Optional<String> device) {
    record.putObject("responseElements").put(event, success ? "Success" : "Failure");
    ObjectNode more = record.withObject("/additionalEventData").put("MFAUsed", mfa ? "Yes" : "No");
    device.ifPresent(serial -> more.put("MFAIdentifier", serial));
    return this;
  }

  /// Who vouched for whoever signs in, in place of a password.
  public CloudTrail identityProvider(String name) {
    record.withObject("/additionalEventData").put("identityProvider", name);
    return this;
  }

  /// The session that began.
  public CloudTrail issued(IssuedSession session) {
    ObjectNode shown = record.withObject("/additionalEventData").putObject("session");
    shown.put("id", session.id());
    shown.put("accountId", session.account());
    shown.put("principalId", session.principalId());
    shown.put("arn", session.arn());
    shown.put("principalArn", session.principalArn());
    shown.put("origin", session.origin());
    shown.set("lineage", JSON.valueToTree(LineageClaim.of(session.lineage())));
    shown.set("keys", JSON.valueToTree(session.lineage().keys()));
    session.sourceIdentity().ifPresent(is -> shown.put("sourceIdentity", is));
    session.mfaAt().ifPresent(at -> shown.put("mfaAt", seconds(at)));
    session.mfaDevice().ifPresent(serial -> shown.put("mfaSerialNumber", serial));
    shown.put("issuedAt", seconds(session.issuedAt()));
    shown.put("expiresAt", seconds(session.expiresAt()));
    return this;
  }

  public CloudTrail parameters(ObjectNode shown) {
    record.set("requestParameters", shown);
    return this;
  }

  public CloudTrail response(ObjectNode shown) {
    record.set("responseElements", shown);
    return this;
  }

  /// Why it was refused.
  public CloudTrail error(String code, String message) {
    error = Optional.of(code);
    record.put("errorCode", code);
    record.put("errorMessage", bounded(message));
    return this;
  }

  public AuditEntry entry() {
    return new AuditEntry(
        id, account, origin.time(), source, name, user, accessKey, error, record.deepCopy());
  }

  private static String nameOf(Caller caller) {
    Principal principal = caller.principal();
    return switch (principal) {
      case Principal.Federated _, Principal.Service _ ->
          bounded(caller.webIdentity().orElseThrow().federation().subject());
      case Principal.User is -> is.name();
      case Principal.AssumedRole role -> role.sessionName();
      case Principal.FederatedUser user -> user.name();
      default -> principal.arn().orElse("anonymous");
    };
  }

  private static ObjectNode identity(Caller caller) {
    ObjectNode identity = JSON.createObjectNode();
    identity.put("principalId", caller.userId());
    if (caller.webIdentity().isPresent()) {
      Federation from = caller.webIdentity().get().federation();
      identity
          .put("type", type(from))
          .put("userName", nameOf(caller))
          .put("identityProvider", from.provider());
      if (from instanceof CertificateFederation certificate) {
        addCertificate(identity, certificate);
      }
      return identity;
    }
    identity.put("arn", caller.arn());
    identity.put("accountId", caller.account());
    caller.accessKeyId().ifPresent(key -> identity.put("accessKeyId", key));
    switch (caller.principal()) {
      case Principal.User is -> identity.put("type", "IAMUser").put("userName", is.name());
      case Principal.AssumedRole _ -> identity.put("type", "AssumedRole");
      case Principal.FederatedUser _ -> identity.put("type", "FederatedUser");
      default -> identity.put("type", "Root");
    }
    caller.session().ifPresent(session -> identity.set("sessionContext", context(session, caller)));
    caller
        .session()
        .flatMap(Session::delegate)
        .ifPresent(to -> identity.putObject("invokedByDelegate").put("accountId", to.account()));
    return identity;
  }

  private static String type(Federation from) {
    return switch (from) {
      case OidcFederation _ -> "WebIdentityUser";
      case SamlFederation _ -> "SAMLUser";
      case CertificateFederation _ -> "X509Subject";
    };
  }

  private static void addCertificate(ObjectNode identity, CertificateFederation certificate) {
    identity
        .putObject("x509")
        .put("subject", bounded(certificate.subject()))
        .put("issuer", bounded(certificate.issuer()))
        .put("serialNumber", certificate.serialNumber())
        .put("sha256", certificate.fingerprint());
  }

  private static ObjectNode context(Session session, Caller caller) {
    ObjectNode context = JSON.createObjectNode();
    switch (caller.principal()) {
      case Principal.AssumedRole role ->
          issuer(context, "Role", role.roleId(), role.roleArn(), role.accountId());
      case Principal.FederatedUser user ->
          issuer(context, "IAMUser", user.userId(), user.userArn(), user.accountId());
      default -> {}
    }
    if (session.federation().orElse(null) instanceof OidcFederation from) {
      addFederation(context, from);
    }
    ObjectNode attributes = context.putObject("attributes");
    attributes.put("creationDate", seconds(session.issuedAt()));
    attributes.put("mfaAuthenticated", Boolean.toString(session.mfaAt().isPresent()));
    session.sourceIdentity().ifPresent(is -> context.put("sourceIdentity", is));
    session.signIn().ifPresent(signIn -> context.put("signInId", signIn));
    return context;
  }

  /// Whose permissions the session has.
  private static void issuer(
      ObjectNode context, String type, String id, String arn, String account) {
    context
        .putObject("sessionIssuer")
        .put("type", type)
        .put("principalId", id)
        .put("arn", arn)
        .put("accountId", account)
        .put("userName", arn.substring(arn.lastIndexOf('/') + 1));
  }

  private static void addFederation(ObjectNode context, OidcFederation from) {
    ObjectNode data = context.putObject("webIdFederationData");
    data.put("federatedProvider", from.provider());
    ObjectNode attributes = data.putObject("attributes");
    attributes.put(from.issuer() + ":sub", from.subject());
    attributes.put(from.issuer() + ":aud", String.join(",", from.audience()));
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
