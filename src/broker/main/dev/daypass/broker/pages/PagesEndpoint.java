package dev.daypass.broker.pages;

import dev.daypass.broker.access.AccessDenied;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.awslogin.AuthorizationRequest;
import dev.daypass.broker.enrolment.EnrolmentLinks;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.sso.Authorization;
import dev.daypass.broker.sso.DeviceRequests;
import dev.daypass.broker.upstream.UpstreamLogins;
import dev.daypass.wire.Arn;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Where the pages are.
@Singleton
final class PagesEndpoint {
  private static final int FIRST = -1_000_000;
  private static final int SEE_OTHER = 303;

  private final Pages pages;
  private final SignInPages signIn;
  private final UpstreamPages upstream;
  private final AuthorizePages authorize;
  private final ConsentPages consent;
  private final EnrolPages enrol;
  private final SecurityPages security;
  private final PasswordPages password;
  private final SessionPages sessions;
  private final NoticePages notices;
  private final KeyPages keys;
  private final ActivityPages activity;
  private final Choices choices;
  private final Authorizer authorizer;

  PagesEndpoint(
      Pages pages,
      SignInPages signIn,
      UpstreamPages upstream,
      AuthorizePages authorize,
      ConsentPages consent,
      EnrolPages enrol,
      SecurityPages security,
      PasswordPages password,
      SessionPages sessions,
      NoticePages notices,
      KeyPages keys,
      ActivityPages activity,
      Choices choices,
      Authorizer authorizer) {
    this.pages = pages;
    this.signIn = signIn;
    this.upstream = upstream;
    this.authorize = authorize;
    this.consent = consent;
    this.enrol = enrol;
    this.security = security;
    this.password = password;
    this.sessions = sessions;
    this.notices = notices;
    this.keys = keys;
    this.activity = activity;
    this.choices = choices;
    this.authorizer = authorizer;
  }

  void routes(@Observes Router router) {
    pages.get(router.get(SignInPages.SIGN_IN), signIn::show);
    pages.post(router.post(SignInPages.SIGN_IN), signIn::password);
    pages.post(router.post("/sign-in/code"), signIn::code);
    pages.post(router.post("/sign-in/recovery"), signIn::recoveryCode);
    pages.post(router.post("/sign-in/passkey"), signIn::passkeyFirst);
    pages.post(router.post("/sign-in/passkey/answer"), signIn::passkey);
    pages.post(router.post("/sign-in/new-password"), signIn::newPassword);
    pages.get(router.get(UpstreamPages.BEGIN), upstream::begin);
    pages.get(router.get(UpstreamLogins.CALLBACK), upstream::finish);
    pages.get(router.get(SignInPages.STEP_UP), signIn::stepUp);
    pages.post(router.post("/sign-out"), signIn::signOut);
    router.get("/").order(FIRST).handler(PagesEndpoint::toHome);
    pages.get(router.get(Visit.HOME), this::home);
    pages.get(router.get(EnrolmentLinks.PATH), enrol::show);
    pages.post(router.post(EnrolmentLinks.PATH), enrol::follow);
    pages.get(router.get(SecurityPages.SECURITY), security::show);
    pages.post(router.post("/security/authenticator"), security::beginAuthenticator);
    pages.post(router.post("/security/authenticator/codes"), security::addAuthenticator);
    pages.post(router.post("/security/passkey"), security::beginPasskey);
    pages.post(router.post("/security/passkey/answer"), security::addPasskey);
    pages.post(router.post("/security/remove"), security::remove);
    pages.post(router.post("/security/recovery"), security::renewRecoveryCodes);
    pages.get(router.get(PasswordPages.PASSWORD), password::show);
    pages.post(router.post(PasswordPages.PASSWORD), password::change);
    pages.get(router.get(SessionPages.SESSIONS), sessions::show);
    pages.post(router.post("/security/sessions/end"), sessions::end);
    pages.post(router.post("/security/sessions/end-all"), sessions::endAll);
    pages.post(router.post("/security/notices"), notices::dismiss);
    pages.get(router.get(KeyPages.KEYS), keys::show);
    pages.post(router.post(KeyPages.KEYS), keys::create);
    pages.post(router.post("/security/keys/change"), keys::change);
    pages.get(router.get(ActivityPages.ACTIVITY), activity::show);
    pages.get(router.get(AuthorizePages.AUTHORIZE), authorize::show);
    pages.post(router.post(AuthorizePages.AUTHORIZE), authorize::grant);
    pages.get(router.get(AuthorizationRequest.CONFIRMATION), authorize::confirmation);
    pages.get(router.get(Authorization.PATH), consent::showAuthorization);
    pages.post(router.post(Authorization.PATH), consent::answerAuthorization);
    pages.get(router.get(DeviceRequests.PAGE), consent::showDevice);
    pages.post(router.post(DeviceRequests.PAGE), consent::answerDevice);
  }

  /// A person who types the address; a call of AWS's wire has a query.
  private static void toHome(RoutingContext context) {
    String accepted = String.valueOf(context.request().getHeader("Accept"));
    if (context.request().query() == null && accepted.contains("text/html")) {
      redirect(context, Visit.HOME);
    } else {
      context.next();
    }
  }

  static void redirect(RoutingContext context, String location) {
    context.response().setStatusCode(SEE_OTHER).putHeader("Location", location).end();
  }

  private Uni<Outcome> home(Visit visit) {
    return pages.forPerson(visit, Visit.HOME, caller -> home(visit, caller));
  }

  private Uni<Outcome> home(Visit visit, Caller caller) {
    String search = Visit.one(visit.query(), "search");
    return Uni.combine()
        .all()
        .unis(choices.of(caller), administers(caller))
        // One after the other: they share what they read with.
        .usingConcurrencyOf(1)
        .with(
            (roles, administrator) ->
                Pages.shown(
                    Templates.home(
                        Pages.name(caller),
                        caller.arnOrUserId(),
                        caller.account(),
                        caller.mfaAt().isPresent(),
                        visit.csrf(),
                        Choices.matching(roles, search),
                        Optional.of(search).filter(_ -> roles.size() > Choices.MANY),
                        Choices.stepUp(roles, Visit.HOME),
                        administrator)));
  }

  private Uni<Boolean> administers(Caller caller) {
    if (caller.user().isEmpty()) {
      return Uni.createFrom().item(false);
    }
    return authorizer
        .require(
            caller,
            "iam:ListUsers",
            Target.of(Arn.iam(caller.account(), "user/").toString(), caller.account()))
        .replaceWith(true)
        .onFailure(AccessDenied.class)
        .recoverWithItem(false);
  }
}
