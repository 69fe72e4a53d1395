package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.Profile;
import dev.daypass.client.SignIn;
import dev.daypass.client.store.Programs;
import dev.daypass.client.store.Stores;
import dev.daypass.wire.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// What every command starts from: this machine's profile and the sign-in in it.
final class Here {
  private final Clock clock = Clock.systemUTC();
  private final Path folder = folder("XDG_STATE_HOME", ".local/state");
  private final Settings settings = new Settings(folder("XDG_CONFIG_HOME", ".config"));
  private final Asking asking;
  private final Stores stores;
  private final Profile profile;

  /// Asks a person for a passphrase where one is needed.
  Here() {
    this(true);
  }

  private Here(boolean mayAsk) {
    asking =
        new Asking(
            Optional.ofNullable(System.getenv("DAYPASS_PASSPHRASE")).map(Secret::of),
            mayAsk && !Surroundings.here().unattended());
    stores = new Stores(folder, Programs.here(), asking);
    profile = new Profile(folder, stores);
  }

  /// The same, for what must not wait for a person.
  static Here silent() {
    return new Here(false);
  }

  /// Where what belongs to this machine and is remembered is kept.
  Path folder() {
    return folder;
  }

  /// `DAYPASS_HOME`, else the place the XDG base directories give.
  private static Path folder(String variable, String usual) {
    return Optional.ofNullable(System.getenv("DAYPASS_HOME"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(System.getenv(variable)).map(home -> Path.of(home, "daypass")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), usual, "daypass"));
  }

  Clock clock() {
    return clock;
  }

  Profile profile() {
    return profile;
  }

  Settings settings() {
    return settings;
  }

  Stores stores() {
    return stores;
  }

  Asking asking() {
    return asking;
  }

  /// How often each role was used.
  RoleUses uses() {
    return new RoleUses(folder, clock);
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
