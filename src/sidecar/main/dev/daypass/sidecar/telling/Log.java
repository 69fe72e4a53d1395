package dev.daypass.sidecar.telling;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.sources.Fetched;
import dev.daypass.sidecar.files.FileWatcher;
import dev.daypass.sidecar.keeping.Watcher;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// One JSON line per event. Of an access key its last four characters, of everything else nothing
/// that is secret.
public final class Log implements Watcher, FileWatcher {
  private static final int SHOWN = 4;
  private static final String INFO = "info";

  private final PrintStream out;
  private final InstantSource clock;
  private final boolean quiet;

  /// @param quiet whether only what went wrong is told
  public Log(PrintStream out, InstantSource clock, boolean quiet) {
    this.out = out;
    this.clock = clock;
    this.quiet = quiet;
  }

  @Override
  public void fetched(String role, Fetched outcome, Duration took) {
    switch (outcome) {
      case Fetched.Fresh(var credentials) -> {
        String id = credentials.accessKeyId();
        write(
            INFO,
            "refreshed",
            role,
            Map.of(
                "accessKeyId", "…" + id.substring(Math.max(0, id.length() - SHOWN)),
                "expires", credentials.expiration().toString(),
                "millis", took.toMillis()));
      }
      case Fetched.Away(var code, var message, _) ->
          write("warn", "refresh failed", role, Map.of("code", code, "message", message));
      case Fetched.Refused(var code, var message) ->
          write("error", "refused", role, Map.of("code", code, "message", message));
    }
  }

  @Override
  public void revoked(String role) {
    write("error", "revoked", role, Map.of());
  }

  @Override
  public void filed(String role, Done done, String what) {
    switch (done) {
      case WRITTEN -> write(INFO, "file written", role, Map.of("file", what));
      case REMOVED -> write("warn", "removed from file", role, Map.of("file", what));
      case FAILED -> write("error", "file not written", role, Map.of("message", what));
    }
  }

  /// Something that no answer tells: what went wrong inside.
  public void fault(RuntimeException fault) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    write("error", "fault", Map.of("trace", trace.toString()));
  }

  private void write(String level, String event, String role, Map<String, ?> more) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("role", role);
    all.putAll(more);
    write(level, event, all);
  }

  private void write(String level, String event, Map<String, ?> more) {
    if (quiet && level.equals(INFO)) {
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant().toString());
    line.put("level", level);
    line.put("event", event);
    line.putAll(more);
    try {
      out.println(JSON.std.asString(line));
    } catch (IOException e) {
      throw new AssertionError("a map can be written", e);
    }
  }
}
