package dev.daypass.bench;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/// `java -jar quarkus-run.jar BROKER_JAR`: starts a broker and a bare Quarkus endpoint, each in a
/// process of its own, and loads them in turns. With `lists` it walks the lists of a large account
/// instead. `serve` is the bare endpoint. [Peer] says how others are measured in the same run.
@QuarkusMain
public final class Bench {
  private static final int CONNECTIONS = 64;
  private static final int REQUESTS = 20_000;
  private static final int ROUNDS = 5;

  /// Until the JVM has compiled what is measured.
  private static final int WARM_UPS = 3;

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("serve")) {
      Quarkus.run(arguments);
      return;
    }
    try (Servers servers = Servers.start(arguments[0]);
        Load load = new Load(CONNECTIONS)) {
      if (List.of(arguments).contains("lists")) {
        new Lists(load, servers.brokerPort()).run(servers.broker());
      } else {
        run(servers, load);
      }
    }
  }

  /// @param requests so many, distinct and signed
  private record Measured(
      String name, int port, ProcessHandle server, IntFunction<List<Signing.Signed>> requests) {}

  private static void run(Servers servers, Load load) throws Exception {
    List<Measured> all = measured(servers, Setup.prepare(load, servers.brokerPort()));
    Map<String, Result> results = new LinkedHashMap<>();
    for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
      for (Measured each : all) {
        Load.Run run = load.run(each.port(), each.requests().apply(REQUESTS), each.server());
        if (round >= WARM_UPS) {
          results.computeIfAbsent(each.name(), _ -> new Result()).add(run);
        }
      }
    }
    report(results);
  }

  private static List<Measured> measured(Servers servers, Setup.Caller caller) {
    int port = servers.brokerPort();
    ProcessHandle broker = servers.broker();
    Signing signing = new Signing(port);
    List<Measured> all = new ArrayList<>();
    all.add(
        new Measured(
            "bare Quarkus endpoint",
            servers.barePort(),
            servers.bare(),
            count -> signing.callerIdentity(caller, count)));
    all.add(
        new Measured(
            "GetCallerIdentity", port, broker, count -> signing.callerIdentity(caller, count)));
    all.add(new Measured("AssumeRole", port, broker, count -> signing.assumeRole(caller, count)));
    all.add(
        new Measured(
            "AuthZEN evaluation", port, broker, count -> signing.evaluation(caller, count)));
    all.add(
        new Measured(
            "a proxy's question", port, broker, count -> signing.forwarded(caller, count)));
    for (Peer peer : Peer.all(System.getenv())) {
      all.add(new Measured(peer.name(), peer.port(), peer.process(), peer::requests));
    }
    return all;
  }

  private static void report(Map<String, Result> results) {
    Result bare = results.values().iterator().next();
    System.out.printf(
        Locale.ROOT,
        "%-32s %12s %10s %10s %10s %18s%n",
        "",
        "requests/s",
        "of bare",
        "p50 ms",
        "p99 ms",
        "CPU-s per 1000");
    results.forEach(
        (name, result) ->
            System.out.printf(
                Locale.ROOT,
                "%-32s %12.0f %10.2f %10.2f %10.2f %18.3f%n",
                name,
                result.rate(),
                result.rate() / bare.rate(),
                result.p50(),
                result.p99(),
                result.cpuPerThousand()));
    System.out.printf(
        Locale.ROOT,
        "medians of %d rounds of %d requests, after %d for warming up, over %d connections; every answer was 200%n",
        ROUNDS,
        REQUESTS,
        WARM_UPS,
        CONNECTIONS);
  }
}
