package dev.daypass.bench;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// `java -jar quarkus-run.jar BROKER_JAR`: starts a broker and a bare Quarkus endpoint, each in a
/// process of its own, and loads them in turns. With `lists` it walks the lists of a large account
/// instead. `serve` is the bare endpoint.
@QuarkusMain
public final class Bench {
  private static final int CONNECTIONS = 64;
  private static final int REQUESTS = 20_000;
  private static final int ROUNDS = 5;

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

  private static void run(Servers servers, Load load) throws Exception {
    Setup.Caller caller = Setup.prepare(load, servers.brokerPort());
    Map<String, Result> results = new TreeMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      Signing signing = new Signing(servers.brokerPort());
      measure(
          results,
          round,
          "1 bare Quarkus endpoint",
          load,
          servers.barePort(),
          signing.callerIdentity(caller, REQUESTS),
          servers.bare());
      measure(
          results,
          round,
          "2 GetCallerIdentity",
          load,
          servers.brokerPort(),
          signing.callerIdentity(caller, REQUESTS),
          servers.broker());
      measure(
          results,
          round,
          "3 AssumeRole",
          load,
          servers.brokerPort(),
          signing.assumeRole(caller, REQUESTS),
          servers.broker());
      measure(
          results,
          round,
          "4 AuthZEN evaluation",
          load,
          servers.brokerPort(),
          signing.evaluation(caller, REQUESTS),
          servers.broker());
      measure(
          results,
          round,
          "5 a proxy's question",
          load,
          servers.brokerPort(),
          signing.forwarded(caller, REQUESTS),
          servers.broker());
    }
    report(results);
  }

  /// The first round only warms up.
  private static void measure(
      Map<String, Result> results,
      int round,
      String name,
      Load load,
      int port,
      List<Signing.Signed> requests,
      ProcessHandle server)
      throws Exception {
    Load.Run run = load.run(port, requests, server);
    if (round > 0) {
      results.computeIfAbsent(name, _ -> new Result()).add(run);
    }
  }

  private static void report(Map<String, Result> results) {
    Result bare = results.values().iterator().next();
    System.out.printf(
        Locale.ROOT,
        "%-26s %12s %10s %10s %10s %18s%n",
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
                "%-26s %12.0f %10.2f %10.2f %10.2f %18.3f%n",
                name.substring(2),
                result.rate(),
                result.rate() / bare.rate(),
                result.p50(),
                result.p99(),
                result.cpuPerThousand()));
    System.out.printf(
        Locale.ROOT,
        "medians of %d rounds of %d distinct, signed requests over %d connections; every answer was 200%n",
        ROUNDS,
        REQUESTS,
        CONNECTIONS);
  }
}
