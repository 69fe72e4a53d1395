package dev.daypass.broker.auditsinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcsfTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode record(String more) throws Exception {
    return JSON.readValue(
        """
        {"eventID": "e-1", "eventTime": "2026-11-26T10:00:00Z", "eventSource": "sts.amazonaws.com",
         "eventName": "AssumeRole", "eventType": "AwsApiCall", "requestID": "r-1", "readOnly": true,
         "sourceIPAddress": "192.0.2.7", "userAgent": "aws-cli", "awsRegion": "eu-central-1",
         "recipientAccountId": "111122223333",
         "userIdentity": {"type": "IAMUser", "userName": "alice", "principalId": "AIDA1",
           "arn": "arn:aws:iam::111122223333:user/alice", "accountId": "111122223333",
           "sessionContext": {"attributes": {"creationDate": "2026-11-26T09:00:00Z",
             "mfaAuthenticated": "true"}}},
         "requestParameters": {"roleArn": "arn:aws:iam::111122223333:role/r"}%s}
        """
            .formatted(more),
        ObjectNode.class);
  }

  @Test
  void a_call_is_an_api_activity_with_all_that_is_known_of_it() throws Exception {
    ObjectNode event = Ocsf.of(record(""));

    assertThat(event.path("class_uid").asInt()).isEqualTo(6003);
    assertThat(event.path("type_uid").asInt()).isEqualTo(600302);
    assertThat(event.path("time").asLong()).isEqualTo(1_795_687_200_000L);
    assertThat(event.path("status_id").asInt()).isEqualTo(1);
    assertThat(event.at("/metadata/uid").asText()).isEqualTo("e-1");
    assertThat(event.at("/actor/user/name").asText()).isEqualTo("alice");
    assertThat(event.at("/actor/user/account/uid").asText()).isEqualTo("111122223333");
    assertThat(event.at("/actor/session/is_mfa").asBoolean()).isTrue();
    assertThat(event.at("/src_endpoint/ip").asText()).isEqualTo("192.0.2.7");
    assertThat(event.at("/unmapped/requestParameters/roleArn").asText()).endsWith("role/r");
    assertThat(event.path("unmapped").has("eventID")).isFalse();
  }

  @Test
  void what_was_refused_says_why() throws Exception {
    ObjectNode event =
        Ocsf.of(record(", \"errorCode\": \"AccessDenied\", \"errorMessage\": \"no\""));

    assertThat(event.path("status_id").asInt()).isEqualTo(2);
    assertThat(event.path("status_code").asText()).isEqualTo("AccessDenied");
    assertThat(event.at("/api/response/error").asText()).isEqualTo("AccessDenied");
  }

  @Test
  void a_sign_in_that_failed_is_a_failed_authentication() throws Exception {
    ObjectNode record =
        record(
            ", \"responseElements\": {\"ConsoleLogin\": \"Failure\"}, \"additionalEventData\": {\"MFAUsed\": \"Yes\"}");
    record.put("eventType", "AwsConsoleSignIn");
    ObjectNode event = Ocsf.of(record);

    assertThat(event.path("type_uid").asInt()).isEqualTo(300201);
    assertThat(event.path("status_id").asInt()).isEqualTo(2);
    assertThat(event.path("is_mfa").asBoolean()).isTrue();
    assertThat(event.at("/user/name").asText()).isEqualTo("alice");
  }

  @ParameterizedTest
  @CsvSource({
    "CreateUser, false, 300101",
    "DeactivateMFADevice, false, 300111",
    "ChangePassword, false, 300103",
    "CreateRole, false, 600301",
    "DeleteRole, false, 600304",
    "TagRole, false, 600303",
    "ListRoles, true, 600302"
  })
  void every_event_has_its_type(String name, boolean readOnly, int type) throws Exception {
    ObjectNode record = record("");
    record.put("eventName", name).put("readOnly", readOnly);

    assertThat(Ocsf.of(record).path("type_uid").asInt()).isEqualTo(type);
  }
}
