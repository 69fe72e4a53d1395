package dev.daypass.wire.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Service;
import dev.daypass.wire.iam.PolicyText;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class XmlAnswerTest {
  record Result(
      String name,
      Instant at,
      PolicyText document,
      List<String> list,
      List<String> empty,
      Map<String, Integer> map,
      Optional<String> absent) {}

  @Test
  void writes_every_shape() {
    String xml =
        XmlAnswer.success(
            Service.IAM,
            "GetThing",
            new Result(
                "a<b&\u0001",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                new PolicyText("{\"a\": \"~*\"}"),
                List.of("x", "y"),
                List.of(),
                Map.of("k", 1),
                Optional.empty()),
            "id-1");

    assertThat(xml)
        .isEqualTo(
            "<GetThingResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetThingResult>"
                + "<Name>a&lt;b&amp;\uFFFD</Name><At>2026-01-02T03:04:05Z</At>"
                + "<Document>%7B%22a%22%3A%20%22~%2A%22%7D</Document>"
                + "<List><member>x</member><member>y</member></List><Empty></Empty>"
                + "<Map><entry><key>k</key><value>1</value></entry></Map>"
                + "</GetThingResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>"
                + "</GetThingResponse>");
  }

  @Test
  void an_action_without_a_result_has_no_result_element() {
    assertThat(XmlAnswer.success(Service.STS, "Do", Nothing.NOTHING, "id"))
        .isEqualTo(
            "<DoResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><ResponseMetadata>"
                + "<RequestId>id</RequestId></ResponseMetadata></DoResponse>");
  }

  @Test
  void a_text_is_read_with_the_line_ends_it_has() throws Exception {
    String text = "one\r\ntwo\rthree\n\r";
    String xml = XmlAnswer.failure(Service.IAM, ErrorCode.INVALID_INPUT.error(text), "id");

    var read =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)));

    assertThat(read.getElementsByTagName("Message").item(0).getTextContent()).isEqualTo(text);
  }

  @Test
  void a_refusal_has_type_code_message_and_id() {
    assertThat(XmlAnswer.failure(Service.STS, ErrorCode.ACCESS_DENIED.error("No <you>."), "id"))
        .isEqualTo(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                + "<Code>AccessDenied</Code><Message>No &lt;you&gt;.</Message></Error>"
                + "<RequestId>id</RequestId></ErrorResponse>");
  }

  @Test
  void a_fault_is_the_receivers() {
    assertThat(XmlAnswer.failure(Service.IAM, ErrorCode.SERVICE_FAILURE.error("Oh."), "id"))
        .contains("<Type>Receiver</Type>");
  }
}
