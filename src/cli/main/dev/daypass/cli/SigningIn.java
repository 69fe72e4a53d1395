package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.SignIn;
import dev.daypass.client.login.TokenService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The ways to sign in at a broker, ready to be taken.
record SigningIn(Broker broker, Here here, Surroundings around, Prose prose) {
  private static final Duration LONG = Duration.ofSeconds(5);

  /// Who signs in by what is typed.
  ///
  /// @param account of 12 digits; asked for where it is not known, as is `user`
  record Person(
      Optional<String> account,
      Optional<String> user,
      Optional<SecondFactor> factor,
      CodeOptions codes) {
    /// Whoever signed in last.
    static Person before(Here here, CodeOptions codes) {
      Optional<String[]> arn =
          here.profile()
              .remembered()
              .filter(is -> here.server().equals(Optional.of(is.server())))
              .map(is -> is.arn().split(":", -1));
      return new Person(
          arn.map(parts -> parts[4]),
          arn.map(parts -> parts[5].substring(parts[5].lastIndexOf('/') + 1)),
          Optional.empty(),
          codes);
    }
  }

  /// By a browser on this computer.
  ///
  /// @param opener the program that opens it; absent where the person does
  /// @param port where its answer is waited for; 0 for any
  SignIn inBrowser(Optional<List<String>> opener, int port)
      throws IOException, InterruptedException {
    return told(() -> browsers().here(opener, port));
  }

  /// By a browser anywhere, and a code.
  SignIn anywhere() throws IOException, InterruptedException {
    return told(() -> browsers().anywhere());
  }

  /// What takes a while.
  private interface Wait {
    SignIn end() throws IOException, InterruptedException;
  }

  /// Whoever has waited for long may look elsewhere.
  private SignIn told(Wait wait) throws IOException, InterruptedException {
    Instant patience = here.clock().instant().plus(LONG);
    String end = "nobody has signed in.";
    try {
      SignIn signIn = wait.end();
      end = "you are signed in.";
      return signIn;
    } finally {
      if (here.clock().instant().isAfter(patience)) {
        new Notification(around, prose).send(end);
      }
    }
  }

  private BrowserFlow browsers() {
    return new BrowserFlow(
        new TokenService(broker, around.toolName(), here.clock()), around, here.clock(), prose);
  }

  /// By what a person types here.
  SignIn typed(Terminal opened, Person person) throws IOException {
    try (Terminal terminal = opened) {
      String account = known(person.account(), terminal, "Account: ");
      String user = known(person.user(), terminal, "Name: ");
      PasswordFlow.Proof proof =
          new PasswordFlow.Proof(
              person.factor(), person.codes(), person.codes().program(here.clock(), prose));
      return new PasswordFlow(broker, terminal, new CodePrompt(terminal, here.clock()), proof)
          .signIn(account, user);
    }
  }

  private static String known(Optional<String> value, Terminal terminal, String prompt)
      throws IOException {
    return value.isPresent() ? value.get() : terminal.line(prompt);
  }
}
