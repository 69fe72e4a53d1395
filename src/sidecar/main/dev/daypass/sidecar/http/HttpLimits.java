package dev.daypass.sidecar.http;

import java.util.Map;

/// How slow, long and many requests may be. The JDK's server reads this once, when the first one of
/// a process is made.
public final class HttpLimits {
  /// Seconds and bytes.
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "5",
          "sun.net.httpserver.idleInterval", "10",
          "sun.net.httpserver.maxReqHeaders", "50",
          "sun.net.httpserver.maxReqHeaderSize", "32768",
          "sun.net.httpserver.drainAmount", "4096",
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "1024");

  private HttpLimits() {}

  /// Sets them. Comes before the first server.
  public static void set() {
    LIMITS.forEach(System::setProperty);
  }
}
