package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.Profile;
import dev.daypass.client.SignIn;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// What every command starts from: this machine's profile and the sign-in in it.
final class Here {
  private final Clock clock = Clock.systemUTC();
  private final Profile profile = new Profile(folder());

  /// `DAYPASS_HOME`, else the place the XDG base directories give.
  static Path folder() {
    return Optional.ofNullable(System.getenv("DAYPASS_HOME"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(System.getenv("XDG_STATE_HOME"))
                    .map(home -> Path.of(home, "daypass")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local/state/daypass"));
  }

  Clock clock() {
    return clock;
  }

  Profile profile() {
    return profile;
  }

  /// The sign-in; [Stop] where there is none, or it has run out.
  SignIn signIn() {
    SignIn signIn =
        profile
            .signIn()
            .orElseThrow(
                () -> new Stop(ExitCode.SIGN_IN, "You are not signed in. Run: daypass login"));
    if (signIn.expired(clock.instant())) {
      throw new Stop(
          ExitCode.SIGN_IN, "Your sign-in ended at " + signIn.expiresAt() + ". Run: daypass login");
    }
    return signIn;
  }

  static Broker broker(SignIn signIn) {
    return new Broker(signIn.server());
  }
}
