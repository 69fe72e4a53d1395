package dev.daypass.cli;

import dev.daypass.client.BrokerAddress;
import dev.daypass.client.BrokerHttp;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.HttpDate;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a broker can be reached, and agrees with this computer on the time.
record BrokerChecks(URI server, Clock clock) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int OK = 200;

  /// A TOTP code is good for half a minute around its own, a signature for five.
  private static final Duration NOTICEABLE = Duration.ofSeconds(15);

  private static final Duration TOO_MUCH = Duration.ofMinutes(5);

  List<Check> all() {
    List<Check> checks = new ArrayList<>(List.of(address(), name()));
    if (checks.stream().allMatch(is -> is.result() == Check.Result.OK)) {
      checks.addAll(answer());
    }
    return checks;
  }

  private Check address() {
    return BrokerAddress.confidential(server)
        ? Check.ok("address", "The broker is " + server + ".")
        : Check.failed(
            "address",
            "What is sent to " + server + " can be read on the way.",
            "A broker is at https://..., or http:// on this computer: daypass login --server URL");
  }

  private Check name() {
    try {
      InetAddress address = InetAddress.getByName(server.getHost());
      return Check.ok("name", server.getHost() + " is " + address.getHostAddress() + ".");
    } catch (UnknownHostException _) {
      return Check.failed(
          "name",
          server.getHost() + " is not known here.",
          "Check the name, your VPN, and the name servers of this computer.");
    }
  }

  private List<Check> answer() {
    Instant before = clock.instant();
    try {
      HttpResponse<String> answer =
          new BrokerHttp(server)
              .send(
                  HttpRequest.newBuilder(server.resolve("/.well-known/aws-config"))
                      .timeout(PATIENCE)
                      .build());
      Duration took = Duration.between(before, clock.instant());
      return List.of(
          answer.statusCode() == OK
              ? Check.ok("answer", "It answers, in %d ms.".formatted(took.toMillis()))
              : Check.failed(
                  "answer",
                  "What answers there says %d.".formatted(answer.statusCode()),
                  "Is it a broker, or a proxy before it?"),
          time(answer, before.plus(took.dividedBy(2))));
    } catch (BrokerUnreachable away) {
      return List.of(
          Check.failed(
              "answer",
              String.valueOf(away.getMessage()),
              "Is it running, and does nothing stand between? Its certificate must be one that Java trusts."));
    }
  }

  private static Check time(HttpResponse<String> answer, Instant here) {
    Optional<Instant> there = answer.headers().firstValue("date").flatMap(HttpDate::parse);
    if (there.isEmpty()) {
      return Check.warning("clock", "It does not say what time it is.", "");
    }
    Duration ahead = Duration.between(there.get(), here);
    if (ahead.abs().compareTo(NOTICEABLE) < 0) {
      return Check.ok("clock", "This computer's clock agrees with it.");
    }
    String text =
        "This computer's clock is %d s %s."
            .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead");
    return ahead.abs().compareTo(TOO_MUCH) < 0
        ? Check.warning("clock", text, "Codes may be refused. Set it by NTP.")
        : Check.failed("clock", text, "Codes and signatures are refused. Set it by NTP.");
  }
}
