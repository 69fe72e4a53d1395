package dev.daypass.broker;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Calls on the AWS wire, signed by AWS's own signer at the broker's time, answers as they come.
public final class Wire {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// What signs a call.
  public record Key(String id, String secret, Optional<String> token) {
    public static final Key ADMIN =
        new Key(TestServers.ADMIN_KEY, TestServers.ADMIN_SECRET, Optional.empty());
  }

  /// What came back.
  public record Reply(int status, String body, HttpResponse<String> raw) {
    /// The text of the first element of this name, or of the member where the answer is JSON.
    String text(String element) {
      if (body.startsWith("{")) {
        return new JsonObject(body).getString(element);
      }
      Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(body);
      if (!matcher.find()) {
        throw new AssertionError("no " + element + " in " + body);
      }
      return matcher
          .group(1)
          .replace("&lt;", "<")
          .replace("&gt;", ">")
          .replace("&quot;", "\"")
          .replace("&amp;", "&");
    }

    public String code() {
      return status == 200 || status == 201 ? "OK" : text(body.startsWith("{") ? "__type" : "Code");
    }

    public String message() {
      return text(body.contains("\"message\"") ? "message" : "Message");
    }

    List<String> texts(String element) {
      List<String> all = new ArrayList<>();
      Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(body);
      while (matcher.find()) {
        all.add(matcher.group(1));
      }
      return all;
    }

    public Key credentials() {
      return new Key(
          text("AccessKeyId"), text("SecretAccessKey"), Optional.of(text("SessionToken")));
    }
  }

  private final URI server;

  public Wire(int port) {
    this.server = URI.create("http://127.0.0.1:" + port + "/");
  }

  /// @param parameters names and values in turn
  public Reply iam(Key key, String action, String... parameters) {
    return call(key, "iam", "2010-05-08", action, parameters);
  }

  public Reply sts(Key key, String action, String... parameters) {
    return call(key, "sts", "2011-06-15", action, parameters);
  }

  Reply daypass(Key key, String action, String... parameters) {
    return call(key, "daypass", "2026-11-01", action, parameters);
  }

  private Reply call(Key key, String service, String version, String action, String... parameters) {
    StringBuilder body = new StringBuilder("Action=" + action + "&Version=" + version);
    for (int i = 0; i < parameters.length; i += 2) {
      body.append('&').append(parameters[i]).append('=').append(encode(parameters[i + 1]));
    }
    return send(signed(key, service, body.toString()));
  }

  /// A signed request, to be sent as it is or changed first.
  public HttpRequest.Builder signed(Key key, String service, String body) {
    return signed(
        key,
        service,
        body,
        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"));
  }

  /// A signed call of Organizations, to be sent as it is or changed first.
  public HttpRequest.Builder signedJson(Key key, String action, String body) {
    return signed(
        key,
        "organizations",
        body,
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "AWSOrganizationsV20161128." + action));
  }

  /// A signed call with these headers, to be sent as it is or changed first.
  public HttpRequest.Builder signed(
      Key key, String service, String body, Map<String, String> headers) {
    return signed(key, service, "/", body, headers);
  }

  /// A signed form for this path, to be sent as it is or changed first.
  public HttpRequest.Builder signed(Key key, String service, String path, String body) {
    return signed(
        key,
        service,
        path,
        body,
        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"));
  }

  /// The same with these headers.
  public HttpRequest.Builder signed(
      Key key, String service, String path, String body, Map<String, String> headers) {
    return signed(key, service, "POST", path, body, headers);
  }

  /// The same by this method.
  public HttpRequest.Builder signed(
      Key key,
      String service,
      String method,
      String path,
      String body,
      Map<String, String> headers) {
    URI target = server.resolve(path);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SdkHttpFullRequest.Builder unsigned =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(target);
    headers.forEach(unsigned::putHeader);
    SdkHttpFullRequest request = unsigned.build();
    AwsCredentialsIdentity identity =
        key.token()
            .<AwsCredentialsIdentity>map(
                token -> AwsSessionCredentialsIdentity.create(key.id(), key.secret(), token))
            .orElseGet(() -> AwsCredentialsIdentity.create(key.id(), key.secret()));
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(identity)
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, new TestClock()))
            .request();
    HttpRequest.Builder http =
        HttpRequest.newBuilder(target)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
    signed
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                values.forEach(value -> http.header(name, value));
              }
            });
    return http;
  }

  public Reply send(HttpRequest.Builder request) {
    return send(HTTP, request);
  }

  static Reply send(HttpClient http, HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(answer.statusCode(), answer.body(), answer);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI server() {
    return server;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
