package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.logingrants.AuthorizationQuery;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Asker;
import dev.daypass.broker.pages.Templates.Link;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.sso.Authorization;
import dev.daypass.broker.sso.Consents;
import dev.daypass.broker.sso.DeviceRequest;
import dev.daypass.broker.sso.DeviceRequests;
import dev.daypass.broker.throttle.TooOften;
import dev.daypass.wire.query.Parameters;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Where a person lets a tool act in their name: one on this computer, or a device without a
/// browser, which shows a code. Nothing is given by coming here.
@Singleton
final class ConsentPages {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final Pages pages;
  private final Consents consents;
  private final DeviceRequests devices;

  ConsentPages(Pages pages, Consents consents, DeviceRequests devices) {
    this.pages = pages;
    this.consents = consents;
    this.devices = devices;
  }

  Uni<Outcome> showAuthorization(Visit visit) {
    String query = Optional.ofNullable(visit.context().request().query()).orElse("");
    return authorization(
        visit,
        query,
        request ->
            pages.forPerson(
                visit,
                Authorization.PATH + "?" + query,
                caller -> Uni.createFrom().item(asked(visit, caller, request, query))));
  }

  private static Uni<Outcome> authorization(
      Visit visit, String query, Function<Authorization, Uni<Outcome>> page) {
    try {
      return page.apply(Authorization.of(query, visit.origin().time()));
    } catch (AuthorizationQuery.Invalid invalid) {
      return Uni.createFrom().item(AuthorizePages.wrong(invalid));
    }
  }

  private static Outcome asked(Visit visit, Caller caller, Authorization request, String query) {
    if (!Consents.canAllow(caller, request.everything())) {
      return rolesAlone();
    }
    Asker asker =
        new Asker(
            request.clientName(),
            request.everything(),
            "This computer: it waits at %s".formatted(AuthorizePages.origin(request.redirectUri())),
            Optional.empty(),
            Optional.empty());
    return new Outcome.Shown(
        200,
        Templates.consent(
            Pages.name(caller),
            visit.csrf(),
            Authorization.PATH,
            "request",
            query,
            asker,
            until(caller)),
        Optional.of(AuthorizePages.origin(request.redirectUri())));
  }

  private static Outcome rolesAlone() {
    return Pages.shown(
        FORBIDDEN,
        Templates.message(
            "This tool needs a user",
            "It wants to do everything that a user can. You have signed in without a user of the"
                + " account and have roles alone: use aws login or aws sso login.",
            Optional.of(new Link(Visit.HOME, "To your roles"))));
  }

  private static String until(Caller caller) {
    return Times.today(caller.session().orElseThrow().expiresAt());
  }

  Uni<Outcome> answerAuthorization(Visit visit) {
    Parameters form = visit.form();
    String query = Visit.one(form, "request");
    if (!visit.isOurs(form)) {
      return Uni.createFrom().item(Pages.refused());
    }
    return authorization(
        visit,
        query,
        request ->
            pages.forPerson(
                visit,
                Authorization.PATH + "?" + query,
                caller ->
                    isAllowed(form)
                        ? consents
                            .allow(caller, request)
                            .map(code -> Pages.sent(request.target(code)))
                        : consents
                            .deny(caller, request)
                            .replaceWith(() -> Pages.sent(request.denied()))));
  }

  private static boolean isAllowed(Parameters form) {
    return Visit.one(form, "answer").equals("allow");
  }

  /// The code may be in the link already, as RFC 8628 §3.3.1 has it: then it is shown, to be
  /// compared.
  Uni<Outcome> showDevice(Visit visit) {
    String text = Visit.one(visit.query(), "user_code");
    Optional<String> code = DeviceRequests.typed(text);
    String here =
        code.map(is -> DeviceRequests.PAGE + "?user_code=" + DeviceRequests.shown(is))
            .orElse(DeviceRequests.PAGE);
    return pages.forPerson(
        visit,
        here,
        caller -> {
          if (text.isBlank()) {
            return Uni.createFrom().item(Pages.shown(enter(visit, caller, Optional.empty())));
          }
          return code.map(is -> devices.find(caller, is))
              .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
              .map(
                  found ->
                      found
                          .map(request -> asked(visit, caller, request, code.orElseThrow()))
                          .orElseGet(() -> unknown(visit, caller)))
              .onFailure(TooOften.class)
              .recoverWithItem(SignInPages::wait);
        });
  }

  private static TemplateInstance enter(Visit visit, Caller caller, Optional<Problem> problem) {
    return Templates.device(Pages.name(caller), visit.csrf(), problem);
  }

  private static Outcome unknown(Visit visit, Caller caller) {
    Problem problem =
        new Problem(
            "No device waits with this code. Is it older than ten minutes?", Optional.of("code"));
    return Pages.shown(NOT_FOUND, enter(visit, caller, Optional.of(problem)));
  }

  private static Outcome asked(Visit visit, Caller caller, DeviceRequest request, String code) {
    if (!Consents.canAllow(caller, request.everything())) {
      return rolesAlone();
    }
    String here = visit.origin().address();
    String place =
        request.address().equals(here)
            ? "%s, as you do".formatted(here)
            : "%s; you are at %s".formatted(request.address(), here);
    Asker asker =
        new Asker(
            request.clientName(),
            request.everything(),
            place,
            Places.program(request.userAgent()),
            Optional.of(Times.today(Instant.ofEpochSecond(request.askedAt()))));
    return Pages.shown(
        Templates.consent(
            Pages.name(caller),
            visit.csrf(),
            DeviceRequests.PAGE,
            "user_code",
            DeviceRequests.shown(code),
            asker,
            until(caller)));
  }

  Uni<Outcome> answerDevice(Visit visit) {
    Parameters form = visit.form();
    return pages.forFormOfPerson(
        visit,
        DeviceRequests.PAGE,
        caller ->
            DeviceRequests.typed(Visit.one(form, "user_code"))
                .map(code -> devices.answer(caller, code, isAllowed(form)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(
                    found ->
                        found
                            .map(request -> answered(request, isAllowed(form)))
                            .orElseGet(() -> unknown(visit, caller)))
                .onFailure(TooOften.class)
                .recoverWithItem(SignInPages::wait));
  }

  private static Outcome answered(DeviceRequest request, boolean allowed) {
    return Pages.shown(
        allowed
            ? Templates.message(
                "Go back to your device",
                "%s can go on in a moment. You can close this page."
                    .formatted(request.clientName()),
                Optional.of(new Link(Visit.HOME, "To your roles")))
            : Templates.message(
                "Nothing was given",
                "The device gets no credentials. You can close this page.",
                Optional.of(new Link(Visit.HOME, "To your roles"))));
  }
}
