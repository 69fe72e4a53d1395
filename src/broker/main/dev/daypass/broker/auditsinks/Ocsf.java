package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/// A CloudTrail record as an event of the Open Cybersecurity Schema Framework: the classes are
/// those that Amazon Security Lake gives to CloudTrail's management events. What OCSF has no place
/// for is in `unmapped`.
///
/// @see <a href="https://schema.ocsf.io/1.3.0/">OCSF 1.3.0</a>
final class Ocsf {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "1.3.0";
  private static final int INFORMATIONAL = 1;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;
  private static final int TYPES_OF_A_CLASS = 100;

  /// What OCSF tells in places of its own.
  private static final Map<String, String> MAPPED =
      Map.ofEntries(
          Map.entry("eventID", "metadata.uid"),
          Map.entry("eventTime", "time"),
          Map.entry("eventName", "api.operation"),
          Map.entry("eventSource", "api.service.name"),
          Map.entry("requestID", "api.request.uid"),
          Map.entry("errorCode", "api.response.error"),
          Map.entry("errorMessage", "api.response.error_message"),
          Map.entry("sourceIPAddress", "src_endpoint.ip"),
          Map.entry("userAgent", "http_request.user_agent"),
          Map.entry("awsRegion", "cloud.region"),
          Map.entry("recipientAccountId", "cloud.account.uid"),
          Map.entry("eventType", "metadata.event_code"),
          Map.entry("userIdentity", "actor"));

  private final ObjectNode record;
  private final ObjectNode event = JSON.createObjectNode();

  private Ocsf(ObjectNode record) {
    this.record = record;
  }

  static ObjectNode of(ObjectNode record) {
    return new Ocsf(record).event();
  }

  private ObjectNode event() {
    OcsfActivity activity =
        OcsfActivity.of(text("eventType"), text("eventName"), record.path("readOnly").asBoolean());
    event.put("category_uid", activity.category());
    event.put("class_uid", activity.type());
    event.put("activity_id", activity.activity());
    event.put("type_uid", activity.type() * TYPES_OF_A_CLASS + activity.activity());
    event.put("time", Instant.parse(text("eventTime")).toEpochMilli());
    event.put("severity_id", INFORMATIONAL);
    addStatus();
    addMetadata();
    addApi();
    addActor(activity);
    addWhere();
    addRest();
    return event;
  }

  private String text(String field) {
    return record.path(field).asText("");
  }

  private void addStatus() {
    boolean failed =
        record.has("errorCode")
            || record.path("responseElements").findValuesAsText("ConsoleLogin").contains("Failure");
    event.put("status_id", failed ? FAILURE : SUCCESS);
    event.put("status", failed ? "Failure" : "Success");
    if (record.has("errorCode")) {
      event.put("status_code", text("errorCode"));
      event.put("status_detail", text("errorMessage"));
    }
  }

  private void addMetadata() {
    ObjectNode metadata = event.putObject("metadata");
    metadata.put("version", VERSION);
    metadata.put("uid", text("eventID"));
    metadata.put("event_code", text("eventType"));
    metadata.putObject("product").put("name", "Daypass").put("vendor_name", "Daypass");
  }

  private void addApi() {
    ObjectNode api = event.putObject("api");
    api.put("operation", text("eventName"));
    api.putObject("service").put("name", text("eventSource"));
    api.putObject("request").put("uid", text("requestID"));
    if (record.has("errorCode")) {
      api.putObject("response")
          .put("error", text("errorCode"))
          .put("error_message", text("errorMessage"));
    }
  }

  /// Who did it; and, where an account was changed or somebody signed in, whose it was.
  private void addActor(OcsfActivity activity) {
    JsonNode identity = record.path("userIdentity");
    ObjectNode actor = event.putObject("actor");
    actor.set("user", user(identity));
    JsonNode session = identity.path("sessionContext");
    if (session.isObject()) {
      ObjectNode shown = actor.putObject("session");
      shown.put("issuer", session.path("sessionIssuer").path("arn").asText(""));
      shown.put("is_mfa", session.path("attributes").path("mfaAuthenticated").asBoolean());
      String created = session.path("attributes").path("creationDate").asText("");
      if (!created.isEmpty()) {
        shown.put("created_time", Instant.parse(created).toEpochMilli());
      }
    }
    if (activity.type() == OcsfActivity.AUTHENTICATION) {
      event.set("user", user(identity));
      event.put("is_mfa", "Yes".equals(record.at("/additionalEventData/MFAUsed").asText()));
    }
    if (activity.type() == OcsfActivity.ACCOUNT_CHANGE) {
      String whose = record.at("/requestParameters/userName").asText("");
      event.set(
          "user", whose.isEmpty() ? user(identity) : JSON.createObjectNode().put("name", whose));
    }
  }

  private static ObjectNode user(JsonNode identity) {
    ObjectNode user = JSON.createObjectNode();
    put(user, "type", identity.path("type"));
    put(user, "name", identity.path("userName"));
    put(user, "uid", identity.path("principalId"));
    put(user, "uid_alt", identity.path("arn"));
    put(user, "credential_uid", identity.path("accessKeyId"));
    if (identity.has("accountId")) {
      put(user.putObject("account"), "uid", identity.path("accountId"));
    }
    return user;
  }

  private static void put(ObjectNode to, String name, JsonNode value) {
    if (!value.isMissingNode()) {
      to.set(name, value);
    }
  }

  private void addWhere() {
    event.putObject("src_endpoint").put("ip", text("sourceIPAddress"));
    event.putObject("http_request").put("user_agent", text("userAgent"));
    ObjectNode cloud = event.putObject("cloud").put("provider", "Daypass");
    put(cloud, "region", record.path("awsRegion"));
    if (record.has("recipientAccountId")) {
      put(cloud.putObject("account"), "uid", record.path("recipientAccountId"));
    }
  }

  private void addRest() {
    ObjectNode rest = record.deepCopy();
    rest.remove(MAPPED.keySet());
    event.set("unmapped", rest);
  }
}
