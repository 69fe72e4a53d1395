package dev.daypass.broker.pages;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Link;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.passkeys.Assertion;
import dev.daypass.broker.passkeys.PasskeyBodies;
import dev.daypass.broker.passkeys.RequestOptions;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.signin.PasskeySignIn;
import dev.daypass.broker.signin.Progress;
import dev.daypass.broker.signin.SignIn;
import dev.daypass.broker.signin.SignInFailed;
import dev.daypass.broker.throttle.TooOften;
import dev.daypass.broker.upstream.Upstreams;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import dev.daypass.wire.iam.Password;
import dev.daypass.wire.query.Parameters;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The steps of a sign-in, as pages.
@Singleton
final class SignInPages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 128;
  private static final int TOO_MANY = 429;
  private static final int UNAUTHORIZED = 401;
  static final String SIGN_IN = "/sign-in";
  static final String STEP_UP = "/step-up";

  private final Pages pages;
  private final SignIn signIn;
  private final PasskeySignIn passkeys;
  private final PostgresAccounts accounts;
  private final Revocations revocations;
  private final Upstreams upstreams;

  SignInPages(
      Pages pages,
      SignIn signIn,
      PasskeySignIn passkeys,
      PostgresAccounts accounts,
      Revocations revocations,
      Upstreams upstreams) {
    this.upstreams = upstreams;
    this.pages = pages;
    this.signIn = signIn;
    this.passkeys = passkeys;
    this.accounts = accounts;
    this.revocations = revocations;
  }

  /// Where one signs in, to go on there.
  static String before(String next) {
    return next.equals(Visit.HOME)
        ? SIGN_IN
        : SIGN_IN + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
  }

  /// Where whoever has signed in proves a second factor once more, to go on there.
  static String stepUpBefore(String next) {
    return STEP_UP + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
  }

  /// Asks for it.
  Uni<Outcome> stepUp(Visit visit) {
    String next = Visit.next(visit.query());
    return pages.forVisitor(
        visit,
        next,
        caller ->
            signIn
                .stepUp(caller)
                .map(
                    asked ->
                        asked
                            .map(progress -> page(visit, progress, next))
                            .orElseGet(SignInPages::noDevice)));
  }

  private static Outcome noDevice() {
    return Pages.shown(
        Templates.message(
            "You have no device yet",
            "A second factor takes an authenticator app or a passkey. Once you have one, come back.",
            Optional.of(new Link(SecurityPages.SECURITY, "Add a device"))));
  }

  Uni<Outcome> show(Visit visit) {
    Parameters query = visit.query();
    String next = Visit.next(query);
    String account = Visit.one(query, "account");
    return pages
        .visitor(visit)
        .map(
            found ->
                found.isPresent()
                    ? Pages.sent(next)
                    : Pages.shown(form(account, Visit.one(query, "name"), next, Optional.empty())));
  }

  /// Account, name and password.
  Uni<Outcome> password(Visit visit) {
    Parameters form = visit.form();
    String account = Visit.one(form, "account").strip();
    String name = Visit.one(form, "name").strip();
    String next = Visit.next(form);
    Function<Problem, Outcome> again =
        problem -> Pages.shown(UNAUTHORIZED, form(account, name, next, Optional.of(problem)));
    Optional<Secret> password = password(Visit.one(form, "password"));
    if (account.isEmpty() || name.isEmpty() || name.length() > LONGEST_NAME || password.isEmpty()) {
      return Uni.createFrom()
          .item(again.apply(problem(SignInFailed.Reason.WRONG_CREDENTIALS.text(), "account")));
    }
    return account(account)
        .chain(id -> signIn.password(visit.origin(), id, name, password.get(), visit.browser()))
        .map(progress -> page(visit, progress, next))
        .onFailure(SignInFailed.class)
        .recoverWithItem(failure -> again.apply(told(failure, "account")))
        .onFailure(TooOften.class)
        .recoverWithItem(
            failure ->
                Pages.shown(TOO_MANY, form(account, name, next, Optional.of(tooOften(failure)))));
  }

  /// An alias that is nobody's is tried as it is: it fails as a wrong number does, and as late.
  private Uni<String> account(String given) {
    return given.matches("[0-9]{12}")
        ? Uni.createFrom().item(given)
        : accounts.named(given).map(found -> found.orElse("000000000000"));
  }

  /// Absent for what cannot be one.
  static Optional<Secret> password(String text) {
    try {
      return Optional.of(new Password(Secret.of(text)).value());
    } catch (ConstraintViolation _) {
      return Optional.empty();
    }
  }

  /// A code of an authenticator.
  Uni<Outcome> code(Visit visit) {
    Parameters form = visit.form();
    String next = Visit.next(form);
    // As people copy it: 123 456.
    String digits = Visit.one(form, "code").replace(" ", "");
    Secret code = digits.matches("[0-9]{6}") ? Secret.of(digits) : Secret.of("000000");
    Optional<String> device = Optional.of(Visit.one(form, "device")).filter(is -> !is.isEmpty());
    return answered(
        visit,
        next,
        device.stream().toList(),
        signIn.code(
            visit.origin(),
            Visit.one(form, "transaction"),
            device,
            new AuthenticationCode(code).value()));
  }

  /// A recovery code, in place of a device's.
  Uni<Outcome> recoveryCode(Visit visit) {
    Parameters form = visit.form();
    return answered(
        visit,
        Visit.next(form),
        form.values("device"),
        signIn.recoveryCode(
            visit.origin(),
            Visit.one(form, "transaction"),
            Secret.of(Visit.one(form, "recovery"))));
  }

  /// @param devices that can be tried again
  private Uni<Outcome> answered(
      Visit visit, String next, List<String> devices, Uni<Progress> answer) {
    return answer
        .map(progress -> page(visit, progress, next))
        .onFailure(SignInFailed.class)
        .recoverWithItem(
            failure ->
                again(
                    failure,
                    next,
                    (transaction, problem) ->
                        Templates.secondFactor(
                            transaction, devices, passkey(failure), next, Optional.of(problem)),
                    "code"))
        .onFailure(TooOften.class)
        .recoverWithItem(SignInPages::wait);
  }

  private static Optional<String> passkey(Throwable failure) {
    return ((SignInFailed) failure).passkey().map(SignInPages::json);
  }

  /// Begins with a passkey, without a name.
  Uni<Outcome> passkeyFirst(Visit visit) {
    String next = Visit.next(visit.form());
    return passkeys
        .begin(visit.origin())
        .map(
            asked ->
                Pages.shown(
                    Templates.passkey(
                        asked.transaction(), json(asked.passkey()), next, Optional.empty())))
        .onFailure(TooOften.class)
        .recoverWithItem(SignInPages::wait);
  }

  /// What a passkey signed.
  Uni<Outcome> passkey(Visit visit) {
    Parameters form = visit.form();
    String next = Visit.next(form);
    Assertion assertion = assertion(Visit.one(form, "credential"));
    return passkeys
        .answer(visit.origin(), Visit.one(form, "transaction"), assertion)
        .map(progress -> page(visit, progress, next))
        .onFailure(SignInFailed.class)
        .recoverWithItem(
            failure ->
                again(
                    failure,
                    next,
                    (transaction, problem) ->
                        Templates.passkey(
                            transaction,
                            passkey(failure).orElseThrow(),
                            next,
                            Optional.of(problem)),
                    "passkey"))
        .onFailure(TooOften.class)
        .recoverWithItem(SignInPages::wait);
  }

  private static Assertion assertion(String json) {
    try {
      return PasskeyBodies.assertion(JSON.readValue(json, PasskeyBodies.Credential.class));
    } catch (JsonProcessingException _) {
      throw VALIDATION_ERROR.error("The passkey's answer cannot be read.");
    }
  }

  /// What is wrong with a password, or with the same one again.
  static String notTheSame(Optional<Secret> password) {
    return password.isEmpty()
        ? "A password has 1 to 128 characters."
        : "The two passwords are not the same.";
  }

  /// Another password, where one must be chosen.
  Uni<Outcome> newPassword(Visit visit) {
    Parameters form = visit.form();
    String next = Visit.next(form);
    String transaction = Visit.one(form, "transaction");
    String text = Visit.one(form, "password");
    Optional<Secret> password = password(text);
    if (password.isEmpty() || !text.equals(Visit.one(form, "again"))) {
      Problem why = problem(notTheSame(password), "password");
      return Uni.createFrom()
          .item(
              Pages.shown(
                  UNAUTHORIZED, Templates.newPassword(transaction, next, Optional.of(why))));
    }
    return signIn
        .newPassword(visit.origin(), transaction, password.get())
        .map(progress -> page(visit, progress, next))
        .onFailure(SignInFailed.class)
        .recoverWithItem(
            failure ->
                again(
                    failure,
                    next,
                    (another, problem) ->
                        Templates.newPassword(another, next, Optional.of(problem)),
                    "password"));
  }

  /// The same step again, under another transaction; or from the beginning.
  private Outcome again(
      Throwable failure,
      String next,
      BiFunction<String, Problem, TemplateInstance> step,
      String field) {
    Problem problem = told(failure, field);
    return ((SignInFailed) failure)
        .transaction()
        .map(transaction -> Pages.shown(UNAUTHORIZED, step.apply(transaction, problem)))
        .orElseGet(() -> again(UNAUTHORIZED, next, problem(problem.text(), "account")));
  }

  /// From the beginning.
  Outcome again(int status, String next, Problem problem) {
    return Pages.shown(status, form("", "", next, Optional.of(problem)));
  }

  private TemplateInstance form(
      String account, String name, String next, Optional<Problem> problem) {
    return Templates.signIn(
        account, name, next, UpstreamPages.links(upstreams.all(), next), problem);
  }

  /// Where a sign-in stands.
  Outcome page(Visit visit, Progress progress, String next) {
    return switch (progress) {
      case Progress.MfaRequired(var transaction, List<String> devices, var passkey) ->
          Pages.shown(
              Templates.secondFactor(
                  transaction, devices, passkey.map(SignInPages::json), next, Optional.empty()));
      case Progress.NewPasswordRequired(var transaction) ->
          Pages.shown(Templates.newPassword(transaction, next, Optional.empty()));
      case Progress.SignedIn done -> pages.signedIn(next, done, visit);
    };
  }

  private static String json(RequestOptions options) {
    try {
      return JSON.writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record can be written", e);
    }
  }

  private static Problem told(Throwable failure, String field) {
    return problem(((SignInFailed) failure).text(), field);
  }

  private static Problem problem(String text, String field) {
    return new Problem(text, Optional.of(field));
  }

  private static Problem tooOften(Throwable failure) {
    long seconds = ((TooOften) failure).untilNext().toSeconds() + 1;
    return new Problem(
        "Too many attempts. Try again in %d seconds.".formatted(seconds), Optional.empty());
  }

  static Outcome wait(Throwable failure) {
    return Pages.shown(
        TOO_MANY, Templates.message("One moment", tooOften(failure).text(), Optional.empty()));
  }

  /// Ends the sign-in, and every session that came of it.
  Uni<Outcome> signOut(Visit visit) {
    if (!visit.isOurs(visit.form())) {
      return Uni.createFrom().item(Pages.refused());
    }
    return pages
        .owner(visit)
        .chain(
            found ->
                found
                    .map(caller -> end(visit, caller))
                    .orElseGet(() -> Uni.createFrom().voidItem()))
        .replaceWith(() -> Pages.signedOut(SIGN_IN));
  }

  private Uni<Void> end(Visit visit, Caller caller) {
    String id = caller.session().orElseThrow().accessKeyId();
    return revocations.end(Revocation.of(id, visit.origin().time()));
  }
}
