package dev.daypass.broker.pages;

import static dev.daypass.wire.ErrorCode.INVALID_AUTHENTICATION_CODE;

import dev.daypass.broker.enrolment.Enrolment;
import dev.daypass.broker.mfa.Authenticators;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Link;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.throttle.TooOften;
import dev.daypass.broker.users.User;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import dev.daypass.wire.query.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where an enrolment link leads: a password and an authenticator app, at once.
@Singleton
final class EnrolPages {
  private static final int REFUSED = 400;
  private static final int NOT_FOUND = 404;

  /// The one that the page shows.
  private static final Pattern SEED = Pattern.compile("[A-Z2-7]{64}");

  private final Enrolment enrolment;
  private final Authenticators authenticators;

  EnrolPages(Enrolment enrolment, Authenticators authenticators) {
    this.enrolment = enrolment;
    this.authenticators = authenticators;
  }

  /// Looking at it uses nothing up: mail filters look at links, too.
  Uni<Outcome> show(Visit visit) {
    Secret token = Secret.of(Visit.one(visit.query(), "token"));
    return enrolment
        .user(token, visit.origin())
        .map(
            found ->
                found
                    .map(user -> asked(token, user, authenticators.begin(user), Optional.empty()))
                    .orElseGet(EnrolPages::unknown))
        .onFailure(TooOften.class)
        .recoverWithItem(SignInPages::wait);
  }

  private static Outcome asked(
      Secret token, User user, Authenticators.Begun app, Optional<Problem> problem) {
    String seed = app.seed().revealText();
    return Pages.shown(
        problem.isPresent() ? REFUSED : 200,
        Templates.enrol(
            user.account(),
            user.name(),
            token.revealText(),
            seed,
            SecurityPages.typed(seed),
            Base64.getEncoder().encodeToString(app.qrCode()),
            problem));
  }

  private static Outcome unknown() {
    return Pages.shown(
        NOT_FOUND,
        Templates.message(
            "This link is used up",
            "It was followed already, or is more than an hour old. Whoever runs this broker can make"
                + " another.",
            Optional.of(new Link(SignInPages.SIGN_IN, "Sign in"))));
  }

  Uni<Outcome> follow(Visit visit) {
    Parameters form = visit.form();
    Secret token = Secret.of(Visit.one(form, "token"));
    return enrolment
        .user(token, visit.origin())
        .chain(
            found ->
                found
                    .map(user -> follow(visit, token, user))
                    .orElseGet(() -> Uni.createFrom().item(EnrolPages::unknown)))
        .onFailure(TooOften.class)
        .recoverWithItem(SignInPages::wait);
  }

  private Uni<Outcome> follow(Visit visit, Secret token, User user) {
    Parameters form = visit.form();
    String seed = Visit.one(form, "seed");
    if (!SEED.matcher(seed).matches()) {
      return Uni.createFrom().item(Pages.refused());
    }
    Secret kept = Secret.of(seed);
    Optional<Secret> password = SignInPages.password(Visit.one(form, "password"));
    if (password.isEmpty() || !Visit.one(form, "password").equals(Visit.one(form, "again"))) {
      return Uni.createFrom()
          .item(again(token, user, kept, SignInPages.notTheSame(password), "password"));
    }
    Optional<AuthenticationCode> first = SecurityPages.code(Visit.one(form, "first"));
    Optional<AuthenticationCode> second = SecurityPages.code(Visit.one(form, "second"));
    if (first.isEmpty() || second.isEmpty()) {
      return Uni.createFrom().item(again(token, user, kept, SecurityPages.NOT_TWO_CODES, "first"));
    }
    return enrolment
        .follow(
            token,
            new Enrolment.Chosen(password.get(), kept, first.get(), second.get()),
            visit.origin())
        .map(done -> done.map(EnrolPages::done).orElseGet(EnrolPages::unknown))
        .onFailure(ApiError.class)
        .recoverWithItem(failure -> again(token, user, kept, (ApiError) failure));
  }

  private static Outcome done(User user) {
    return Pages.shown(
        Templates.message(
            "You are set up",
            "Sign in with your password and the next code that your app shows.",
            Optional.of(
                new Link(
                    "%s?account=%s&name=%s"
                        .formatted(SignInPages.SIGN_IN, user.account(), user.name()),
                    "Sign in"))));
  }

  private static Outcome again(Secret token, User user, Secret seed, ApiError refusal) {
    return refusal.code() == INVALID_AUTHENTICATION_CODE
        ? again(token, user, seed, SecurityPages.NOT_TWO_CODES, "first")
        : again(token, user, seed, refusal.text(), "password");
  }

  private static Outcome again(Secret token, User user, Secret seed, String text, String field) {
    return asked(
        token,
        user,
        Authenticators.begun(user, seed),
        Optional.of(new Problem(text, Optional.of(field))));
  }
}
