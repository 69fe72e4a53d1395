package dev.daypass.bench;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Signs requests with AWS's own signer, before the clock runs.
final class Signing {
  private final URI server;

  /// A request ready to be sent.
  record Signed(SdkHttpRequest head, byte[] body) {}

  Signing(int port) {
    this.server = URI.create("http://127.0.0.1:" + port + "/");
  }

  URI server(String path) {
    return server.resolve(path);
  }

  List<Signed> callerIdentity(Setup.Caller caller, int count) {
    List<Signed> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String body = "Action=GetCallerIdentity&Version=2011-06-15&n=" + i;
      requests.add(sign(caller.keyId(), caller.secret(), "sts", body));
    }
    return requests;
  }

  List<Signed> assumeRole(Setup.Caller caller, int count) {
    List<Signed> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String body =
          "Action=AssumeRole&Version=2011-06-15&RoleArn=%s&RoleSessionName=s-%s"
              .formatted(encode(caller.roleArn()), UUID.randomUUID());
      requests.add(sign(caller.keyId(), caller.secret(), "sts", body));
    }
    return requests;
  }

  /// Questions to AuthZEN about oneself.
  List<Signed> evaluation(Setup.Caller caller, int count) {
    List<Signed> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String body =
          """
          {"subject": {"type": "user", "id": "%s"}, "action": {"name": "%s"},
           "resource": {"type": "order", "id": "%s"}}
          """
              .formatted(caller.arn(), Setup.INVOKE, Setup.RESOURCE + "/orders/" + i);
      SdkHttpFullRequest request =
          SdkHttpFullRequest.builder()
              .method(SdkHttpMethod.POST)
              .uri(server("/access/v1/evaluation"))
              .putHeader("Content-Type", "application/json")
              .build();
      requests.add(sign(caller.keyId(), caller.secret(), "daypass", request, body));
    }
    return requests;
  }

  /// What a proxy asks about a signed request.
  List<Signed> forwarded(Setup.Caller caller, int count) {
    List<Signed> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = "/orders/" + i;
      SdkHttpFullRequest request =
          SdkHttpFullRequest.builder()
              .method(SdkHttpMethod.GET)
              .uri(URI.create("http://" + Setup.HOST + path))
              .build();
      Signed signed = sign(caller.keyId(), caller.secret(), "execute-api", request, "");
      SdkHttpFullRequest.Builder asked =
          SdkHttpFullRequest.builder()
              .method(SdkHttpMethod.GET)
              .uri(server("/forward-auth/orders"));
      signed.head().headers().forEach((name, values) -> asked.putHeader(name, values));
      asked
          .putHeader("Host", "daypass")
          .putHeader("X-Forwarded-Host", Setup.HOST)
          .putHeader("X-Forwarded-Method", "GET")
          .putHeader("X-Forwarded-Uri", path);
      requests.add(new Signed(asked.build(), new byte[0]));
    }
    return requests;
  }

  Signed sign(String keyId, String secret, String service, String body) {
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(server)
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .build();
    return sign(keyId, secret, service, request, body);
  }

  private static Signed sign(
      String keyId, String secret, String service, SdkHttpFullRequest request, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(AwsCredentialsIdentity.create(keyId, secret))
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Setup.REGION))
            .request();
    return new Signed(signed, bytes);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
