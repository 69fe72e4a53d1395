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

/// HTTP to one broker. It follows no redirects: what it sends is meant for that broker alone.
public final class BrokerHttp {
  private final URI server;
  private final HttpClient http;

  public BrokerHttp(URI server) {
    this.server = server;
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  }

  /// What the broker answers; [BrokerUnreachable] where it does not.
  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
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
