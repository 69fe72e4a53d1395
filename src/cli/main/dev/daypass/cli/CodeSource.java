package dev.daypass.cli;

import java.io.IOException;
import java.time.Clock;

/// Where the codes of a device come from.
interface CodeSource {
  int STEP_SECONDS = 30;

  /// The next, of six digits; [Stop] where there is none.
  ///
  /// @param prompt what a person is asked
  String code(String prompt) throws IOException;

  /// Says why a code did not do; [Stop] where no other is to be tried.
  void refused(String why);

  /// Whether a program has them, and no person reads them off a device.
  boolean byProgram();

  /// Seconds until devices show another.
  static long untilNext(Clock clock) {
    return STEP_SECONDS - clock.instant().getEpochSecond() % STEP_SECONDS;
  }
}
