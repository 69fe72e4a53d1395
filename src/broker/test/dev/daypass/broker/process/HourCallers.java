package dev.daypass.broker.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/// A process of its own in which many callers call a broker with the AWS SDK for Java, with what a
/// sidecar gives them, until its standard input ends. Nothing is tried twice.
final class HourCallers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_PAUSE = 4_000;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Writer calls;
  private final StsClient sts;
  private volatile boolean over;

  /// What is got from the sidecar, in one way or another.
  private interface Source {
    AwsCredentials get() throws IOException, InterruptedException;
  }

  private HourCallers(URI broker, Writer calls) {
    this.calls = calls;
    this.sts =
        StsClient.builder()
            .endpointOverride(broker)
            .region(Region.EU_WEST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(ContainerCredentialsProvider.create())
            .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
            .build();
  }

  /// The sidecar is where `AWS_CONTAINER_CREDENTIALS_FULL_URI` says.
  ///
  /// @param arguments the broker, the file for the [HourCall]s, how many callers ask the sidecar
  ///   each time, and how many leave that to the SDK
  public static void main(String[] arguments) throws Exception {
    try (Writer calls = Files.newBufferedWriter(Path.of(arguments[1]))) {
      HourCallers callers = new HourCallers(URI.create(arguments[0]), calls);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        threads.add(callers.start(HourCall.FRESH, callers::served));
      }
      for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
        var provider = ContainerCredentialsProvider.create();
        threads.add(callers.start(HourCall.CACHED, provider::resolveCredentials));
      }
      System.in.readAllBytes();
      callers.over = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private Thread start(String kind, Source source) {
    return Thread.startVirtualThread(() -> run(kind, source));
  }

  private void run(String kind, Source source) {
    try {
      while (!over) {
        Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE));
        AwsCredentials credentials = get(source);
        if (credentials != null) {
          call(kind, credentials);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private AwsCredentials get(Source source) throws IOException {
    Instant began = now();
    try {
      AwsCredentials credentials = source.get();
      note(HourCall.SERVED, began, credentials.accessKeyId(), HourCall.GOOD);
      return credentials;
    } catch (Exception e) {
      note(HourCall.SERVED, began, "-", e.toString());
      return null;
    }
  }

  private void call(String kind, AwsCredentials credentials) throws IOException {
    Instant began = now();
    String outcome = HourCall.GOOD;
    try {
      sts.getCallerIdentity(
          r ->
              r.overrideConfiguration(
                  c -> c.credentialsProvider(StaticCredentialsProvider.create(credentials))));
    } catch (AwsServiceException refusal) {
      outcome = refusal.awsErrorDetails().errorCode() + " " + refusal.getMessage();
    } catch (RuntimeException e) {
      outcome = e.toString();
    }
    note(kind, began, credentials.accessKeyId(), outcome);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(FastClock.actual());
  }

  private void note(String kind, Instant began, String key, String outcome) throws IOException {
    String line = new HourCall(kind, began, now(), key, outcome).line();
    synchronized (calls) {
      calls.write(line);
    }
  }

  /// What the sidecar has now. Anything but whole credentials that are good for a while yet by the
  /// clock of this computer is a failure.
  private AwsCredentials served() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(System.getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI")))
            .header(
                "Authorization",
                Files.readString(Path.of(System.getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"))))
            .timeout(PATIENCE)
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    JsonNode said = json.readTree(answer.body());
    Instant expiration = Instant.parse(text(said, "Expiration"));
    if (!expiration.isAfter(Instant.now())) {
      throw new IOException("expired at " + expiration);
    }
    return AwsSessionCredentials.create(
        text(said, "AccessKeyId"), text(said, "SecretAccessKey"), text(said, "Token"));
  }

  private static String text(JsonNode said, String name) throws IOException {
    String text = said.path(name).asText();
    if (text.isEmpty()) {
      throw new IOException("no " + name);
    }
    return text;
  }
}
