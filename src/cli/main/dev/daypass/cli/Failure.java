package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.login.LoginFailed;
import dev.daypass.client.store.StoreUnavailable;
import dev.daypass.desired.Malformed;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.sidecar.InvalidConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Why a command did not do what it was asked: a line for people, or JSON for programs.
///
/// @param code the broker's own, or one of ours that goes with the exit code
/// @param next the one command to run next
record Failure(
    int exitCode, String code, String message, Optional<String> requestId, Optional<String> next) {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_SERVER_FAULT = 500;

  /// What is known of it; absent for a fault of our own.
  static Optional<Failure> of(Exception failure) {
    return Optional.ofNullable(
        switch (failure) {
          case Stop stop -> new Failure(stop.exitCode(), stop.getMessage(), stop.next());
          case InvalidConfig invalid -> new Failure(ExitCode.USAGE, invalid.getMessage());
          case Malformed malformed -> new Failure(ExitCode.USAGE, malformed.getMessage());
          case MalformedPolicy malformed -> new Failure(ExitCode.USAGE, malformed.getMessage());
          case Dialogs.NoWindow _ ->
              new Failure(
                  ExitCode.SIGN_IN,
                  "No window can be shown here to ask you.",
                  Optional.of("daypass login"));
          case StoreUnavailable closed ->
              new Failure(ExitCode.STORE_UNAVAILABLE, closed.getMessage());
          case LoginFailed failed ->
              new Failure(
                  failed.reason() == LoginFailed.Reason.REFUSED ? ExitCode.USAGE : ExitCode.FAILED,
                  failed.getMessage());
          case BrokerUnreachable away -> new Failure(ExitCode.UNREACHABLE, away.getMessage());
          case BrokerRefused refused -> of(refused);
          default -> null;
        });
  }

  private static Failure of(BrokerRefused refused) {
    if (refused.needsSignIn()) {
      return new Failure(ExitCode.SIGN_IN, refused.getMessage(), Optional.of("daypass login"));
    }
    return new Failure(
        exitCode(refused),
        refused.code(),
        String.valueOf(refused.getMessage()),
        refused.requestId(),
        Optional.empty());
  }

  private static int exitCode(BrokerRefused refused) {
    if (refused.code().equals("AccessDenied")) {
      return ExitCode.DENIED;
    }
    return busy(refused.status()) ? ExitCode.UNREACHABLE : ExitCode.FAILED;
  }

  private static boolean busy(int status) {
    return status == TOO_MANY_REQUESTS || status >= FIRST_SERVER_FAULT;
  }

  private Failure(int exitCode, @Nullable String message) {
    this(exitCode, message, Optional.empty());
  }

  Failure(int exitCode, @Nullable String message, Optional<String> next) {
    this(exitCode, code(exitCode), String.valueOf(message), Optional.empty(), next);
  }

  private static String code(int exitCode) {
    return switch (exitCode) {
      case ExitCode.USAGE -> "InvalidUsage";
      case ExitCode.SIGN_IN -> "SignInRequired";
      case ExitCode.DENIED -> "AccessDenied";
      case ExitCode.UNREACHABLE -> "BrokerUnreachable";
      case ExitCode.STORE_UNAVAILABLE -> "StoreUnavailable";
      case ExitCode.CONFLICT -> "ConfigConflict";
      case ExitCode.CANNOT_RUN, ExitCode.CANNOT_START -> "CommandNotStarted";
      default -> "Failed";
    };
  }

  /// Whether the same may work later, with nothing changed.
  private boolean retryable() {
    return exitCode == ExitCode.UNREACHABLE;
  }

  String text() {
    return message
        + requestId.map(id -> " (request " + id + ")").orElse("")
        + next.map(command -> " Run: " + command).orElse("");
  }

  String json() {
    Map<String, Object> error =
        new TreeMap<>(Map.of("code", code, "message", message, "retryable", retryable()));
    requestId.ifPresent(id -> error.put("requestId", id));
    next.ifPresent(command -> error.put("hint", command));
    try {
      return JSON.std.asString(Map.of("error", error));
    } catch (IOException e) {
      throw new AssertionError("a map can be written", e);
    }
  }
}
