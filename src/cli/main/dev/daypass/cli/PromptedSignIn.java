package dev.daypass.cli;

import dev.daypass.cli.Prompters.Way;
import dev.daypass.client.Broker;
import dev.daypass.client.BrokerAddress;
import dev.daypass.client.SignIn;
import dev.daypass.client.store.SecretStore;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The sign-in there is, else one that a person makes now, in the first way that works.
record PromptedSignIn(Here here, Prompters prompters, CodeOptions codes, Prose prose) {
  /// [Stop] where nobody can be asked, and as the ways themselves do.
  SignIn get() throws IOException, InterruptedException {
    List<Way> there = here.signedIn() ? List.of() : prompters.there();
    if (!there.isEmpty()) {
      SecretStore store = new Storage().chosen(here);
      Optional<SignIn> made =
          made(there, new SigningIn(new Broker(server()), here, prompters.around(), prose));
      if (made.isPresent()) {
        here.profile().keep(made.get(), store);
      }
    }
    return here.signIn();
  }

  private URI server() {
    return here.server()
        .filter(BrokerAddress::confidential)
        .orElseThrow(() -> new Stop(ExitCode.SIGN_IN, "No broker is known yet.", "daypass login"));
  }

  private Optional<SignIn> made(List<Way> there, SigningIn ways)
      throws IOException, InterruptedException {
    for (Way way : there) {
      try {
        return Optional.of(made(way, ways));
      } catch (Dialogs.NoWindow _) {
        // What seemed to show windows does not; the next way may do.
      }
    }
    return Optional.empty();
  }

  private SignIn made(Way way, SigningIn ways) throws IOException, InterruptedException {
    SigningIn.Person person = SigningIn.Person.before(here, codes);
    return switch (way) {
      case TTY -> ways.typed(Terminal.open(), person);
      case GUI -> ways.typed(Dialogs.open(prompters.around()), person);
      case BROWSER -> ways.inBrowser(Optional.of(prompters.around().browser().orElseThrow()), 0);
    };
  }
}
