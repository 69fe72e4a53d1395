package dev.daypass.sidecar.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.sidecar.address.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/// Listens at one address. Requests that are slow, long or many cost it a bounded time and memory.
final class Listener implements AutoCloseable {
  private static final int BACKLOG = 256;

  static {
    HttpLimits.set();
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private Listener(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /// Begins to listen; fails with [IOException] where the address is taken or not this computer's.
  ///
  /// @param faults is told what goes wrong inside
  /// @param endpoint made for where it is listened, with the port there really is
  static Listener start(
      InetSocketAddress address,
      Function<InetSocketAddress, Function<Asked, Reply>> endpoint,
      Consumer<RuntimeException> faults)
      throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen at %s: %s".formatted(Addresses.format(address), e.getMessage()), e);
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Function<Asked, Reply> answers = endpoint.apply(server.getAddress());
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, answers, faults));
    server.start();
    return new Listener(server, threads);
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private static void answer(
      HttpExchange exchange, Function<Asked, Reply> answers, Consumer<RuntimeException> faults)
      throws IOException {
    try (exchange) {
      send(exchange, reply(asked(exchange), answers, faults));
    }
  }

  /// What is answered, whatever happens.
  static Reply reply(
      Asked asked, Function<Asked, Reply> answers, Consumer<RuntimeException> faults) {
    try {
      return answers.apply(asked);
    } catch (RuntimeException fault) {
      faults.accept(fault);
      // An internal error is never a grant, and says nothing of what is inside.
      return Reply.error(500, "InternalFailure", "Something went wrong.");
    }
  }

  private static Asked asked(HttpExchange exchange) {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    reply.sent().forEach(headers::set);
    if (reply.status() >= 400) {
      headers.set("Connection", "close");
    }
    boolean headOnly = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), headOnly ? -1 : body.length);
    if (!headOnly) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
