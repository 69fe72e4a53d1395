package dev.daypass.broker;

import dev.daypass.broker.Wire.Reply;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// AWS's `aws_signing_helper` as its source has it (signer.go, credentials.go and the generated
/// client of CreateSession): the same request, headers in the same form, signed in the same way. It
/// is Go, for which there is no compiler here.
final class CredentialHelper {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// What is about to be sent, for tests to change.
  static final class Draft {
    final TestAuthority.Certificate certificate;
    List<TestAuthority.Certificate> chain = List.of();
    Map<String, String> query = new TreeMap<>();
    String body;
    String algorithm;
    String digest = "SHA256";
    PrivateKey key;
    String serialNumber;
    String region = "eu-west-1";
    String service = "rolesanywhere";
    Instant now = new TestClock().instant();
    List<String> unsigned = new ArrayList<>();
    final Map<String, List<String>> afterwards = new TreeMap<>();
    UnaryString signature = is -> is;

    private Draft(TestAuthority.Certificate certificate) {
      this.certificate = certificate;
      key = certificate.pair().getPrivate();
      serialNumber = certificate.serialNumber().toString();
      algorithm =
          key.getAlgorithm().equals("RSA") ? "AWS4-X509-RSA-SHA256" : "AWS4-X509-ECDSA-SHA256";
    }
  }

  interface UnaryString {
    String of(String text);
  }

  private final URI server;
  private final String trustAnchorArn;
  private final String profileArn;

  CredentialHelper(URI server, String trustAnchorArn, String profileArn) {
    this.server = server;
    this.trustAnchorArn = trustAnchorArn;
    this.profileArn = profileArn;
  }

  Reply session(TestAuthority.Certificate certificate, String roleArn) {
    return session(certificate, roleArn, _ -> {});
  }

  Reply session(TestAuthority.Certificate certificate, String roleArn, Consumer<Draft> change) {
    Draft draft = new Draft(certificate);
    draft.query.put("profileArn", profileArn);
    draft.query.put("roleArn", roleArn);
    draft.query.put("trustAnchorArn", trustAnchorArn);
    draft.body = "{\"durationSeconds\":3600}";
    change.accept(draft);
    try {
      return Wire.send(HTTP, request(draft));
    } catch (UncheckedIOException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private HttpRequest.Builder request(Draft draft) throws Exception {
    String query =
        draft.query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()))
            .collect(Collectors.joining("&"));
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("amz-sdk-invocation-id", UUID.randomUUID().toString());
    headers.put("amz-sdk-request", "attempt=1; max=3");
    headers.put("content-type", "application/json");
    headers.put("host", server.getAuthority());
    headers.put("x-amz-date", TIME.format(draft.now));
    headers.put("x-amz-x509", base64(draft.certificate));
    if (!draft.chain.isEmpty()) {
      headers.put(
          "x-amz-x509-chain",
          draft.chain.stream().map(CredentialHelper::base64).collect(Collectors.joining(",")));
    }
    TreeMap<String, String> signed = new TreeMap<>(headers);
    draft.unsigned.forEach(signed::remove);
    String names = String.join(";", signed.keySet());
    String canonical =
        String.join(
            "\n",
            "POST",
            "/sessions",
            query,
            signed.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining("\n")),
            "",
            names,
            sha256(draft.body));
    String scope =
        String.join(
            "/",
            TIME.format(draft.now).substring(0, 8),
            draft.region,
            draft.service,
            "aws4_request");
    String text =
        String.join("\n", draft.algorithm, TIME.format(draft.now), scope, sha256(canonical));
    Signature signer =
        Signature.getInstance(
            draft.digest + "with" + (draft.key.getAlgorithm().equals("RSA") ? "RSA" : "ECDSA"));
    signer.initSign(draft.key);
    signer.update(text.getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/sessions?" + query))
            .POST(HttpRequest.BodyPublishers.ofString(draft.body))
            .header("User-Agent", "CredHelper/1.8.2 (go1.25.8; linux; amd64)");
    headers.remove("host");
    draft.afterwards.forEach(
        (name, values) -> {
          headers.remove(name);
          values.forEach(value -> request.header(name, value));
        });
    headers.forEach(request::header);
    return request.header(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                draft.algorithm,
                draft.serialNumber,
                scope,
                names,
                draft.signature.of(HexFormat.of().formatHex(signer.sign()))));
  }

  static String base64(TestAuthority.Certificate certificate) {
    return Base64.getEncoder().encodeToString(certificate.der());
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
