package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.CredentialMessages.ChangePassword;
import dev.daypass.wire.iam.Password;
import dev.daypass.wire.query.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// A person's own password: IAM's `ChangePassword`, with what it takes.
@Singleton
final class PasswordPages {
  static final String PASSWORD = "/security/password";
  private static final int REFUSED = 400;

  private final Pages pages;
  private final Road road;

  PasswordPages(Pages pages, Road road) {
    this.pages = pages;
    this.road = road;
  }

  Uni<Outcome> show(Visit visit) {
    return pages.forVisitor(
        visit, PASSWORD, caller -> Uni.createFrom().item(shown(visit, caller, Optional.empty())));
  }

  private static Outcome shown(Visit visit, Caller caller, Optional<Problem> problem) {
    return Pages.shown(
        problem.isPresent() ? REFUSED : 200,
        Templates.password(Pages.name(caller), visit.csrf(), problem));
  }

  /// It ends every sign-in, this one too.
  Uni<Outcome> change(Visit visit) {
    return pages.forForm(visit, PASSWORD, caller -> change(visit, caller));
  }

  private Uni<Outcome> change(Visit visit, Caller caller) {
    Parameters form = visit.form();
    Optional<Secret> former = SignInPages.password(Visit.one(form, "former"));
    Optional<Secret> password = SignInPages.password(Visit.one(form, "password"));
    if (former.isEmpty()
        || password.isEmpty()
        || !Visit.one(form, "password").equals(Visit.one(form, "again"))) {
      String field = former.isEmpty() ? "former" : "password";
      Problem why =
          new Problem(
              SignInPages.notTheSame(former.isEmpty() ? former : password), Optional.of(field));
      return Uni.createFrom().item(shown(visit, caller, Optional.of(why)));
    }
    ChangePassword request =
        new ChangePassword(new Password(former.get()), new Password(password.get()));
    return Pages.told(
        road.take(caller, request).map(_ -> Pages.signedOut(SignInPages.SIGN_IN)),
        problem -> Uni.createFrom().item(shown(visit, caller, Optional.of(problem))));
  }
}
