package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A service that records are posted to. Only an answer of 200 to 299 within ten seconds counts;
/// redirects are not followed.
record WebhookSink(URI address, Optional<Path> tokenFile, HttpClient client) implements Sink {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FIRST_SUCCESS = 200;
  private static final int LAST_SUCCESS = 299;

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void take(List<ObjectNode> records) throws IOException, InterruptedException {
    int status = client.send(request(records), HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status < FIRST_SUCCESS || status > LAST_SUCCESS) {
      // Not whom: addresses of webhooks often have a secret in them.
      throw new IOException("the webhook answered " + status);
    }
  }

  private HttpRequest request(List<ObjectNode> records) throws IOException {
    ObjectNode body = JSON.createObjectNode();
    records.forEach(body.putArray("Records")::add);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (tokenFile.isPresent()) {
      request.header("Authorization", "Bearer " + Files.readString(tokenFile.get()).strip());
    }
    return request.build();
  }
}
