package dev.daypass.broker.pages;

import dev.daypass.broker.access.AccessDenied;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.notices.Notices;
import dev.daypass.broker.pages.Templates.Link;
import dev.daypass.broker.pages.Templates.NoticesShown;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.requests.Bodies;
import dev.daypass.broker.requests.Body;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.signin.Attendance;
import dev.daypass.broker.signin.KnownBrowsers;
import dev.daypass.broker.signin.Progress;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.broker.throttle.TooOften;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// How every page is asked for and sent.
///
/// A form is taken from our own pages only: browsers say where one came from (`Sec-Fetch-Site`,
/// `Origin`), and whoever has signed in has a token in it. Pages are at the public URL only, for
/// which passkeys are.
@Singleton
final class Pages {
  private static final Logger LOG = Logger.getLogger(Pages.class);
  private static final int LONGEST_FORM = 32_768;

  /// A policy of the longest kind, whose marks take three characters each in a form.
  private static final int LONGEST_DRAFT = 65_536;

  /// How often it is noted that somebody is here.
  private static final Duration NOTED_EACH = Duration.ofMinutes(1);

  private static final int SEE_OTHER = 303;
  private static final int FOUND = 302;
  private static final int FORBIDDEN = 403;
  private static final int MISDIRECTED = 421;

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
          + "form-action %s; frame-ancestors 'none'; base-uri 'none'";

  /// For a page whose script asks us for parts of it.
  private static final String LIVE = "; connect-src 'self'";

  private final Bodies bodies;
  private final SignedInCaller callers;
  private final Attendance attendance;
  private final KnownBrowsers browsers;
  private final Origins origins;
  private final PublicUrl url;
  private final Notices notices;

  Pages(
      SignedInCaller callers,
      Attendance attendance,
      KnownBrowsers browsers,
      Origins origins,
      PublicUrl url,
      Notices notices,
      Bodies bodies) {
    this.bodies = bodies;
    this.notices = notices;
    this.callers = callers;
    this.attendance = attendance;
    this.browsers = browsers;
    this.origins = origins;
    this.url = url;
  }

  /// What a request leads to.
  sealed interface Outcome {
    /// A page.
    ///
    /// @param formsTo where its forms may lead beside here
    /// @param live whether its script asks us for parts of it
    /// @param told what the person is told beside it
    record Shown(
        int status,
        TemplateInstance page,
        Optional<String> formsTo,
        boolean live,
        Optional<NoticesShown> told)
        implements Outcome {
      Shown(int status, TemplateInstance page, Optional<String> formsTo) {
        this(status, page, formsTo, false, Optional.empty());
      }

      Shown telling(NoticesShown notices) {
        return new Shown(status, page, formsTo, live, Optional.of(notices));
      }
    }

    /// Another page.
    record Sent(String location, List<String> cookies) implements Outcome {}
  }

  static Outcome shown(TemplateInstance page) {
    return new Outcome.Shown(200, page, Optional.empty());
  }

  static Outcome shown(int status, TemplateInstance page) {
    return new Outcome.Shown(status, page, Optional.empty());
  }

  /// A page whose script asks us for parts of it.
  static Outcome live(int status, TemplateInstance page) {
    return new Outcome.Shown(status, page, Optional.empty(), true, Optional.empty());
  }

  static Outcome sent(String location) {
    return new Outcome.Sent(location, List.of());
  }

  /// To another page, as somebody who has signed in, in a browser that is known from now on.
  Outcome signedIn(String location, Progress.SignedIn done, Visit visit) {
    Instant now = visit.origin().time();
    List<String> cookies = new ArrayList<>();
    cookies.add(cookie(Visit.COOKIE, done.token(), Duration.between(now, done.expiresAt())));
    cookies.add(cookie(Visit.SEEN, attendance.note(done.signIn(), now), Attendance.LONGEST));
    browsers
        .remember(done, now)
        .map(known -> cookie(Visit.BROWSER, known, KnownBrowsers.LASTS))
        .ifPresent(cookies::add);
    return new Outcome.Sent(location, cookies);
  }

  static Outcome signedOut(String location) {
    Secret nothing = Secret.of("");
    return new Outcome.Sent(
        location,
        List.of(
            cookie(Visit.COOKIE, nothing, Duration.ZERO),
            cookie(Visit.SEEN, nothing, Duration.ZERO)));
  }

  static String cookie(String name, Secret value, Duration lifetime) {
    return "%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%d"
        .formatted(name, value.revealText(), lifetime.toSeconds());
  }

  /// Answers a page.
  void get(Route route, Function<Visit, Uni<Outcome>> page) {
    route.handler(
        context -> {
          if (isHere(context.request())) {
            answer(context, page);
          } else {
            elsewhere(context);
          }
        });
  }

  /// Answers a form.
  void post(Route route, Function<Visit, Uni<Outcome>> form) {
    post(route, form, LONGEST_FORM);
  }

  /// Answers a form with a policy in it.
  void postDraft(Route route, Function<Visit, Uni<Outcome>> form) {
    post(route, form, LONGEST_DRAFT);
  }

  private void post(Route route, Function<Visit, Uni<Outcome>> form, int longest) {
    route
        .handler(bodies.atMost(longest))
        .handler(
            context -> {
              if (isHere(context.request()) && isOfOurs(context.request())) {
                answer(context, form);
              } else {
                send(context, refused());
              }
            })
        .failureHandler(context -> send(context, unread(context)));
  }

  private Outcome unread(RoutingContext context) {
    return switch (context.statusCode()) {
      case Body.TOO_LARGE -> tooLong();
      case Body.NO_ROOM -> unavailable(origins.of(context.request()));
      default -> refused();
    };
  }

  private static Outcome tooLong() {
    return shown(
        Body.TOO_LARGE,
        Templates.message(
            "That is too long",
            "No form here takes so much. Go back and make it shorter.",
            Optional.of(new Link(Visit.HOME, "Start again"))));
  }

  static Outcome refused() {
    return shown(
        FORBIDDEN,
        Templates.message(
            "That did not come from here",
            "The form was sent from another page, or is too old. Go back and try again.",
            Optional.of(new Link(Visit.HOME, "Start again"))));
  }

  private boolean isHere(HttpServerRequest request) {
    return request.authority() != null && url.isHost(request.authority().toString());
  }

  /// This computer by another of its names is sent to the right one.
  private void elsewhere(RoutingContext context) {
    String asked = context.request().getHeader("Host");
    if (url.authorities(asked).size() > 1) {
      context
          .response()
          .setStatusCode(FOUND)
          .putHeader("Location", url.origin() + context.request().uri())
          .end();
      return;
    }
    send(
        context,
        shown(
            MISDIRECTED,
            Templates.message(
                "This is not the address",
                "Daypass is at " + url.origin(),
                Optional.of(new Link(url.origin() + Visit.HOME, "Go there")))));
  }

  private boolean isOfOurs(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean sameSite = site == null || site.equals("same-origin");
    boolean sameOrigin = origin == null || origin.equals(url.origin());
    return sameSite && sameOrigin && (site != null || origin != null);
  }

  /// Who has signed in here, if somebody has, and was not away for too long.
  Uni<Optional<Caller>> visitor(Visit visit) {
    return owner(visit)
        .chain(
            found ->
                found
                    .map(caller -> attending(visit, caller))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  /// The same, however long the person was away: to end the sign-in.
  Uni<Optional<Caller>> owner(Visit visit) {
    return visit
        .token()
        .map(
            token ->
                Uni.createFrom()
                    .deferred(() -> callers.of(token, visit.origin()))
                    .map(Optional::of)
                    .onFailure(Pages::isEnd)
                    .recoverWithItem(Optional.empty()))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  /// Absent where the sign-in was left alone for too long.
  private Uni<Optional<Caller>> attending(Visit visit, Caller caller) {
    String signIn = caller.session().orElseThrow().accessKeyId();
    Instant now = visit.origin().time();
    return attendance
        .last(visit.seen(), signIn, now)
        .invoke(
            last ->
                last.filter(at -> at.plus(NOTED_EACH).isBefore(now))
                    .ifPresent(_ -> note(visit, signIn, now)))
        .map(last -> last.map(_ -> caller));
  }

  private void note(Visit visit, String signIn, Instant now) {
    visit
        .context()
        .response()
        .headers()
        .add("Set-Cookie", cookie(Visit.SEEN, attendance.note(signIn, now), Attendance.LONGEST));
  }

  /// A page for users who have signed in: others do that first. Those who have signed in without a
  /// user are told that it is not for them.
  ///
  /// @param here the page, to which they come back
  Uni<Outcome> forVisitor(Visit visit, String here, Function<Caller, Uni<Outcome>> page) {
    return forPerson(
        visit,
        here,
        caller ->
            caller.user().isPresent()
                ? page.apply(caller)
                : Uni.createFrom().item(Pages::forUsersAlone));
  }

  private static Outcome forUsersAlone() {
    return shown(
        FORBIDDEN,
        Templates.message(
            "This is for users",
            "You have signed in without a user of the account, so you have no password, no devices"
                + " and no keys here.",
            Optional.of(new Link(Visit.HOME, "To your roles"))));
  }

  /// The same, also for those who have signed in without a user.
  Uni<Outcome> forPerson(Visit visit, String here, Function<Caller, Uni<Outcome>> page) {
    return visitor(visit)
        .chain(
            found ->
                found
                    .map(
                        caller ->
                            page.apply(caller)
                                .chain(outcome -> shownTo(caller, visit, here, outcome)))
                    .orElseGet(() -> Uni.createFrom().item(sent(SignInPages.before(here)))));
  }

  private Uni<Outcome> shownTo(Caller caller, Visit visit, String here, Outcome outcome) {
    if (caller.user().isPresent()) {
      return telling(visit, here, caller, outcome);
    }
    if (outcome instanceof Outcome.Shown shown) {
      shown.page().data("withoutUser", true);
    }
    return Uni.createFrom().item(outcome);
  }

  /// Whatever page it is: what happened to somebody's second factors comes with the next one.
  private Uni<Outcome> telling(Visit visit, String here, Caller caller, Outcome outcome) {
    return outcome instanceof Outcome.Shown page
        ? notices
            .of(caller)
            .map(
                found ->
                    found.isEmpty()
                        ? page
                        : page.telling(NoticePages.shown(found, visit.csrf(), here)))
        : Uni.createFrom().item(outcome);
  }

  /// The same, for a form of ours.
  Uni<Outcome> forForm(Visit visit, String here, Function<Caller, Uni<Outcome>> change) {
    return visit.isOurs(visit.form())
        ? forVisitor(visit, here, change)
        : Uni.createFrom().item(refused());
  }

  /// The same, also for those who have signed in without a user.
  Uni<Outcome> forFormOfPerson(Visit visit, String here, Function<Caller, Uni<Outcome>> change) {
    return visit.isOurs(visit.form())
        ? forPerson(visit, here, change)
        : Uni.createFrom().item(refused());
  }

  /// Tells on a page what the policies or the state of things refuse.
  static Uni<Outcome> told(Uni<Outcome> change, Function<Problem, Uni<Outcome>> page) {
    return change
        .onFailure(ApiError.class)
        .recoverWithUni(failure -> page.apply(problem(((ApiError) failure).text())))
        .onFailure(AccessDenied.class)
        .recoverWithUni(failure -> page.apply(problem(((AccessDenied) failure).text())))
        .onFailure(TooOften.class)
        .recoverWithItem(SignInPages::wait);
  }

  private static Problem problem(String text) {
    return new Problem(text, Optional.empty());
  }

  /// Whose pages they are: a user's name, or whom a provider vouches for.
  static String name(Caller caller) {
    return caller
        .user()
        .map(Principal.User::name)
        .orElseGet(() -> caller.webIdentity().orElseThrow().federation().subject());
  }

  private static boolean isEnd(Throwable failure) {
    return failure instanceof ApiError refusal && refusal.code() == ErrorCode.EXPIRED_TOKEN;
  }

  private void answer(RoutingContext context, Function<Visit, Uni<Outcome>> page) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Visit visit = new Visit(context, origins.of(context.request()));
    Uni.createFrom()
        .deferred(() -> page.apply(visit))
        .subscribe()
        .with(outcome -> send(context, outcome), failure -> send(context, failed(failure, visit)));
  }

  private static Outcome failed(Throwable failure, Visit visit) {
    if (failure instanceof ApiError refusal && refusal.code().status() < 500) {
      return shown(
          400,
          Templates.message(
              "That cannot be done",
              refusal.text(),
              Optional.of(new Link(Visit.HOME, "Start again"))));
    }
    LOG.errorf(
        failure,
        "page %s failed, request %s",
        visit.context().request().path(),
        visit.origin().callId());
    return unavailable(visit.origin());
  }

  private static Outcome unavailable(Origin origin) {
    return shown(
        503,
        Templates.message(
            "Something is wrong here",
            "Try again in a moment. If it stays so, tell your administrator this: "
                + origin.callId(),
            Optional.of(new Link(Visit.HOME, "Try again"))));
  }

  private static void send(RoutingContext context, Outcome outcome) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .putHeader("Cache-Control", "no-store")
        // Nothing to others; without any, browsers would not say where our own forms come from.
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Permissions-Policy", "publickey-credentials-get=(self)");
    switch (outcome) {
      case Outcome.Sent(var location, var cookies) -> {
        cookies.forEach(cookie -> response.headers().add("Set-Cookie", cookie));
        response.setStatusCode(SEE_OTHER).putHeader("Location", location).end();
      }
      case Outcome.Shown(var status, var page, var formsTo, var live, var told) -> {
        String forms = formsTo.map(to -> "'self' " + to).orElse("'self'");
        response
            .setStatusCode(status)
            .putHeader("Content-Type", "text/html; charset=utf-8")
            .putHeader("Content-Security-Policy", POLICY.formatted(forms) + (live ? LIVE : ""))
            .end(page.data("told", told).render());
      }
    }
  }
}
