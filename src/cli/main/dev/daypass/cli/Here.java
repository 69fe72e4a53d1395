package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.Profile;
import dev.daypass.client.SignIn;
import dev.daypass.client.store.Programs;
import dev.daypass.client.store.Stores;
import dev.daypass.wire.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// What every command starts from: this machine's profile and the sign-in in it.
final class Here {
  private final Clock clock = Clock.systemUTC();
  private final Path folder = folder("XDG_STATE_HOME", ".local/state");
  private final Settings settings = new Settings(folder("XDG_CONFIG_HOME", ".config"));
  private final Asking asking;
  private final Stores stores;
  private final Profile profile;
  private final Optional<Duration> patience;

  /// Asks a person for a passphrase where one is needed.
  Here() {
    this(true, Optional.empty());
  }

  private Here(boolean mayAsk, Optional<Duration> patience) {
    this.patience = patience;
    asking =
        new Asking(
            Optional.ofNullable(System.getenv("DAYPASS_PASSPHRASE")).map(Secret::of),
            mayAsk && !Surroundings.here().unattended());
    stores = new Stores(folder, Programs.here(), asking);
    profile = new Profile(folder, stores);
  }

  /// The same, for what must not wait for a person.
  static Here silent() {
    return new Here(false, Optional.empty());
  }

  /// The same, for what must not take long either.
  static Here hurried(Duration patience) {
    return new Here(false, Optional.of(patience));
  }

  /// Does this, within the time there is; [BrokerUnreachable] where it takes longer.
  <T> T inTime(Supplier<T> work) {
    if (patience.isEmpty()) {
      return work.get();
    }
    var result = CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    try {
      return result.get(patience.get().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw late(patience.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw late(patience.get());
    }
  }

  private BrokerUnreachable late(Duration patience) {
    return new BrokerUnreachable(
        profile.server().map(URI::toString).orElse("the broker"),
        "nothing within %d ms".formatted(patience.toMillis()));
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

  /// The broker that is meant where none is named: `DAYPASS_SERVER`, that of the last sign-in, that
  /// of the settings. [Stop] for what is no address.
  Optional<URI> server() {
    return Optional.ofNullable(System.getenv("DAYPASS_SERVER"))
        .map(Here::uri)
        .or(profile::server)
        .or(() -> settings.get(Settings.SERVER).map(Here::uri));
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException _) {
      throw new Stop(
          ExitCode.USAGE,
          "`%s` is no address such as https://daypass.example.com.".formatted(text));
    }
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
                () -> new Stop(ExitCode.SIGN_IN, "You are not signed in.", "daypass login"));
    if (signIn.expired(clock.instant())) {
      throw new Stop(
          ExitCode.SIGN_IN, "Your sign-in ended at " + signIn.expiresAt() + ".", "daypass login");
    }
    return signIn;
  }

  /// Whether there is one that lasts.
  boolean signedIn() {
    return profile.signIn().filter(is -> !is.expired(clock.instant())).isPresent();
  }

  static Broker broker(SignIn signIn) {
    return new Broker(signIn.server());
  }
}
