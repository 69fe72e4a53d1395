package dev.daypass.cli;

import dev.daypass.client.SignIn;
import dev.daypass.client.login.BrowserLogin;
import dev.daypass.client.login.DeviceLogin;
import dev.daypass.client.login.TokenService;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A sign-in by browser, told to a person at a terminal.
final class BrowserFlow {
  private static final Duration BETWEEN_KEYS = Duration.ofMillis(100);

  private final TokenService tokens;
  private final Surroundings around;
  private final Clock clock;
  private final Prose prose;

  BrowserFlow(TokenService tokens, Surroundings around, Clock clock, Prose prose) {
    this.tokens = tokens;
    this.around = around;
    this.clock = clock;
    this.prose = prose;
  }

  /// By a browser on this computer, or anywhere once the person wants that.
  ///
  /// @param opener the program that opens it; absent where the person does
  /// @param port where its answer is waited for; 0 for any
  SignIn here(Optional<List<String>> opener, int port) throws IOException, InterruptedException {
    Optional<SignIn> signedIn = inBrowser(opener, port);
    return signedIn.isPresent() ? signedIn.get() : anywhere();
  }

  private Optional<SignIn> inBrowser(Optional<List<String>> opener, int port)
      throws IOException, InterruptedException {
    try (BrowserLogin login = BrowserLogin.begin(tokens, port, new SecureRandom())) {
      URI link = login.link();
      prose.ask(
          opener.isPresent()
              ? "Opening this address in your browser:"
              : "Open this address in a browser on this computer:");
      prose.ask("%s", link);
      if (opener.isPresent() && !Pages.open(opener.get(), link)) {
        prose.ask("The browser does not start. Open the address yourself.");
      }
      return RawTerminal.usable(around) ? withKeys(login) : withoutKeys(login);
    }
  }

  private Optional<SignIn> withoutKeys(BrowserLogin login) throws InterruptedException {
    prose.note("Is the browser on another computer? Stop, and run: daypass login --device");
    try (var _ = new Countdown("your browser", BrowserLogin.LONGEST, clock, shown())) {
      return Optional.of(login.finish(BrowserLogin.LONGEST));
    }
  }

  /// Absent where the person would rather have a code.
  private Optional<SignIn> withKeys(BrowserLogin login) throws IOException, InterruptedException {
    prose.note("Press c to copy it, d for a code to use on another device.");
    Instant end = clock.instant().plus(BrowserLogin.LONGEST);
    try (var _ = new Countdown("your browser", BrowserLogin.LONGEST, clock, shown());
        RawTerminal terminal = RawTerminal.open()) {
      while (!login.answered(BETWEEN_KEYS) && clock.instant().isBefore(end)) {
        Key key = terminal.in().ready() ? Key.next(terminal.in()) : Key.Named.OTHER;
        if (key.equals(new Key.Letter('d'))) {
          return Optional.empty();
        }
        if (key.equals(new Key.Letter('c'))) {
          terminal.copy(login.link().toString());
        }
      }
      return Optional.of(login.finish(Duration.ZERO));
    }
  }

  /// Whether a countdown is drawn.
  private boolean shown() {
    return !prose.quiet() && !around.dumb();
  }

  /// By a browser anywhere, and a code.
  SignIn anywhere() throws InterruptedException {
    DeviceLogin login = DeviceLogin.begin(tokens);
    prose.ask("On any device, open  %s", login.page());
    prose.ask("and type the code    %s", login.code());
    if (around.unicode() && !around.dumb()) {
      String qr = QrText.of(login.link().toString(), around.colour()).stripTrailing();
      prose.note("or scan this:%n%s", qr);
    }
    prose.note("The whole address: %s", login.link());
    prose.ask("Allow it only where the page shows the same code.");
    try (var _ = new Countdown("your answer", login.lasts(), clock, shown())) {
      return login.finish(Thread::sleep);
    }
  }
}
