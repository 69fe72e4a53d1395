package dev.daypass.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// HTTP to one broker. It follows no redirects: what it sends is meant for that broker alone.
public final class BrokerHttp {
  private final URI server;
  private final Consumer<Instant> heard;
  private final HttpClient http;

  /// For who does not care what time it is there.
  public BrokerHttp(URI server) {
    this(server, _ -> {});
  }

  /// @param heard is told what time it is at the broker, whenever it answers
  public BrokerHttp(URI server, Consumer<Instant> heard) {
    this.server = server;
    this.heard = heard;
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  }

  /// What the broker answers; [BrokerUnreachable] where it does not.
  public HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      answer.headers().firstValue("date").flatMap(HttpDate::parse).ifPresent(heard);
      return answer;
    } catch (HttpTimeoutException _) {
      throw new BrokerUnreachable(server.toString(), "no answer in time");
    } catch (ConnectException _) {
      throw new BrokerUnreachable(server.toString(), "connection refused");
    } catch (IOException e) {
      throw new BrokerUnreachable(server.toString(), String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BrokerUnreachable(server.toString(), "interrupted");
    }
  }
}
