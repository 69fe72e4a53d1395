package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private static final int HUNDRED = 100;
  private static final int SUCCESSFUL = 2;

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Uni<Void> take(List<ObjectNode> records) {
    return Uni.createFrom()
        .completionStage(
            () -> client.sendAsync(request(records), HttpResponse.BodyHandlers.discarding()))
        .map(
            answer -> {
              if (answer.statusCode() / HUNDRED != SUCCESSFUL) {
                throw new IllegalStateException(
                    "%s answered %d".formatted(address, answer.statusCode()));
              }
              return answer;
            })
        .replaceWithVoid();
  }

  private HttpRequest request(List<ObjectNode> records) {
    ObjectNode body = JSON.createObjectNode();
    records.forEach(body.putArray("Records")::add);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    tokenFile.ifPresent(file -> request.header("Authorization", "Bearer " + token(file)));
    return request.build();
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the webhook's token cannot be read", e);
    }
  }
}
