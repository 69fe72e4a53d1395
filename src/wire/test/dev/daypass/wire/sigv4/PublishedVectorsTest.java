package dev.daypass.wire.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// AWS's own published vectors for Signature Version 4.
class PublishedVectorsTest {
  static Stream<Arguments> vectors() throws Exception {
    JsonNode all =
        new ObjectMapper()
            .readTree(PublishedVectorsTest.class.getResourceAsStream("/sigv4-vectors.json"));
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(
            vector ->
                Stream.of("header", "query")
                    .filter(vector::hasNonNull)
                    .map(
                        form ->
                            Arguments.of(
                                vector.get("name").asText() + " by " + form, vector, form)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void signs_as_published(String name, JsonNode vector, String form) {
    // IAM and STS normalise paths; only S3 does not.
    assumeThat(vector.get("flags").path("normalize").asBoolean(true)).isTrue();
    // A token added to the query after signing is not part of what STS accepts.
    assumeThat(
            vector.get("flags").path("omit_session_token").asBoolean(false) && form.equals("query"))
        .isFalse();
    JsonNode expected = vector.get(form);
    HttpMessage message = parse(expected.get("signed_request").asText());

    Authorization authorization = Authorization.of(message);
    String canonical =
        CanonicalRequest.of(
            message,
            authorization.signedHeaders(),
            Authorization.SIGNATURE_PARAMETER,
            CanonicalRequest.sha256(message.body()));
    Scope scope =
        new Scope(
            authorization.date().substring(0, 8),
            vector.get("region").asText(),
            vector.get("service").asText());
    String toSign =
        String.join(
            "\n",
            SignedClaim.ALGORITHM,
            authorization.date(),
            scope.toString(),
            CanonicalRequest.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    String signature =
        HexFormat.of()
            .formatHex(
                SigningKey.derive(Secret.of(vector.get("secret").asText()), scope).sign(toSign));

    assertThat(canonical).isEqualTo(expected.get("canonical").asText());
    assertThat(toSign).isEqualTo(expected.get("string_to_sign").asText());
    assertThat(signature).isEqualTo(published(expected));
  }

  /// One suite gives the signature, the other the header that has it.
  private static String published(JsonNode expected) {
    String header = expected.path("authorization").asText("");
    return expected.path("signature").asText(header.substring(header.lastIndexOf('=') + 1));
  }

  private static HttpMessage parse(String raw) {
    String[] parts = raw.replace("\r\n", "\n").split("\n\n", 2);
    String[] lines = parts[0].split("\n");
    String target = lines[0].substring(lines[0].indexOf(' ') + 1, lines[0].lastIndexOf(' '));
    int question = target.indexOf('?');
    List<HttpMessage.Header> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].startsWith(" ")) {
        // An old way to go on with a value on the next line.
        HttpMessage.Header last = headers.removeLast();
        headers.add(new HttpMessage.Header(last.name(), last.value() + lines[i]));
      } else {
        int colon = lines[i].indexOf(':');
        headers.add(
            new HttpMessage.Header(
                lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
      }
    }
    return new HttpMessage(
        lines[0].substring(0, lines[0].indexOf(' ')),
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        headers,
        (parts.length < 2 ? "" : parts[1]).getBytes(StandardCharsets.UTF_8));
  }
}
