package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// Sends what an account is to look like, and shows what that changes.
final class Applying {
  private static final int LARGEST = 1 << 20;

  @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  Applying() {}

  /// @param document what the account is to look like, as JSON
  /// @param more what else to show as JSON
  /// @return the exit code
  int apply(String document, boolean prune, PrintWriter out, Map<String, ?> more)
      throws IOException {
    if (document.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      throw new Stop(
          ExitCode.USAGE, "This is more than a megabyte. Apply it in parts, without --prune.");
    }
    SignIn signIn = new Here().signIn();
    Map<String, Object> answer = Here.broker(signIn).apply(signIn, document, prune, dryRun);
    if (json) {
      Map<String, Object> shown = new TreeMap<>(answer);
      shown.putAll(more);
      out.println(JSON.std.asString(shown));
    } else {
      show(answer, out);
    }
    return refusal(answer)
        .map(is -> "AccessDenied".equals(is.get("code")) ? ExitCode.DENIED : ExitCode.FAILED)
        .orElse(0);
  }

  boolean json() {
    return json;
  }

  private void show(Map<String, Object> answer, PrintWriter out) {
    List<?> changes = (List<?>) answer.getOrDefault("changes", List.of());
    for (Object change : changes) {
      Map<?, ?> told = (Map<?, ?>) change;
      Object detail = told.get("detail");
      boolean whole = detail == null || detail.toString().isEmpty();
      out.println(told.get("sign") + " " + told.get("thing") + (whole ? "" : ": " + detail));
    }
    Optional<Map<?, ?>> refusal = refusal(answer);
    if (refusal.isPresent()) {
      out.println("It would be refused: " + refusal.get().get("message"));
    } else if (changes.isEmpty()) {
      out.println("No changes.");
    } else {
      out.println(changes.size() + (dryRun ? " changes, not made." : " changes made."));
    }
  }

  private static Optional<Map<?, ?>> refusal(Map<String, Object> answer) {
    return answer.get("refusal") instanceof Map<?, ?> told ? Optional.of(told) : Optional.empty();
  }
}
