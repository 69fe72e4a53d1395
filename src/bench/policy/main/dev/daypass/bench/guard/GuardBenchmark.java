package dev.daypass.bench.guard;

import dev.daypass.guard.Ask;
import dev.daypass.guard.Guard;
import dev.daypass.guard.GuardRequest;
import dev.daypass.guard.GuardSettings;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import dev.daypass.wire.sigv4.RequestSigner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One request, authenticated and decided, by a guard that knows its signer: 1,000 distinct
/// requests of 100 sessions, each with a token of a usual size and ten policies.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 3)
@Measurement(iterations = 5, time = 2)
public class GuardBenchmark {
  private static final int REQUESTS = 1_000;
  private static final int SESSIONS = 100;
  private static final int TOKEN = 700;

  /// How many bytes the body has.
  @Param({"0", "1024"})
  public int body;

  private final List<GuardRequest> requests = new ArrayList<>();
  private final List<Ask> asks = new ArrayList<>();
  private Optional<Lender> lender = Optional.empty();
  private Optional<Guard> opened = Optional.empty();

  /// Where each thread is.
  @State(Scope.Thread)
  public static class Place {
    int next;
  }

  @Setup
  public void make() throws Exception {
    Lender there = new Lender();
    lender = Optional.of(there);
    Guard guard =
        new Guard(GuardSettings.of(there.address(), () -> signer(0), "orders", "eu-west-1"));
    opened = Optional.of(guard);
    Thread.sleep(1_000);
    for (int i = 0; i < REQUESTS; i++) {
      String path = "/folder" + i % 10 + "/" + i;
      HttpMessage message =
          new HttpMessage(
              body == 0 ? "GET" : "PUT",
              path,
              "page=" + i,
              List.of(
                  new Header("host", "orders.example.com"),
                  new Header("content-type", "application/json"),
                  new Header("user-agent", "aws-sdk-java/2")),
              new byte[body]);
      requests.add(
          new GuardRequest(
              signer(i % SESSIONS).sign(message, "eu-west-1", "orders", Instant.now()),
              "192.0.2.7",
              true));
      asks.add(
          new Ask(
              body == 0 ? "orders:GetOrder" : "orders:PutOrder",
              "arn:aws:orders:eu-west-1:111122223333:order" + path));
      guard.authorize(requests.get(i), asks.get(i)).require();
    }
  }

  private static RequestSigner signer(int session) {
    return new RequestSigner(
        "ASIABENCHEXAMPLE%04d".formatted(session),
        Secret.of(Lender.SECRET),
        Optional.of(Secret.of((session + "t").repeat(TOKEN).substring(0, TOKEN))));
  }

  @Benchmark
  public boolean authorize(Place place) {
    place.next = place.next + 1 == REQUESTS ? 0 : place.next + 1;
    return opened.orElseThrow().authorize(requests.get(place.next), asks.get(place.next)).allowed();
  }

  @TearDown
  public void end() {
    opened.ifPresent(Guard::close);
    lender.ifPresent(Lender::close);
  }
}
