package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.awslogin.AuthorizationRequest;
import dev.daypass.broker.awslogin.Authorizations;
import dev.daypass.broker.logingrants.AuthorizationQuery;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Choice;
import dev.daypass.broker.pages.Templates.Field;
import dev.daypass.broker.pages.Templates.Link;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.wire.query.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a person lets a tool have credentials, and says whose. Nothing is given by coming here.
@Singleton
final class AuthorizePages {
  static final String AUTHORIZE = "/v1/authorize";

  private static final String OWN = "self";
  private static final String SEARCH = "search";

  private final Pages pages;
  private final Choices choices;
  private final Authorizations authorizations;
  private final PublicUrl url;

  AuthorizePages(Pages pages, Choices choices, Authorizations authorizations, PublicUrl url) {
    this.pages = pages;
    this.choices = choices;
    this.authorizations = authorizations;
    this.url = url;
  }

  private AuthorizationRequest read(Visit visit, String query) {
    return AuthorizationRequest.of(
        query, url.authorities(visit.context().request().getHeader("Host")));
  }

  Uni<Outcome> show(Visit visit) {
    String query = Optional.ofNullable(visit.context().request().query()).orElse("");
    try {
      AuthorizationRequest request = read(visit, query);
      return pages.forPerson(
          visit,
          AUTHORIZE + "?" + query,
          caller -> ask(visit, caller, request, query, Optional.empty()));
    } catch (AuthorizationQuery.Invalid invalid) {
      return Uni.createFrom().item(wrong(invalid));
    }
  }

  static Outcome wrong(AuthorizationQuery.Invalid invalid) {
    return Pages.shown(
        400,
        Templates.message(
            "This link is not right",
            invalid.getMessage() + " Start again from the tool that sent you here.",
            Optional.empty()));
  }

  private Uni<Outcome> ask(
      Visit visit,
      Caller caller,
      AuthorizationRequest request,
      String query,
      Optional<Problem> problem) {
    String search = Visit.one(Parameters.parse(query), SEARCH);
    return choices
        .of(caller)
        .map(
            roles -> {
              List<Choice> all = new ArrayList<>(own(caller));
              all.addAll(Choices.matching(roles, search));
              return new Outcome.Shown(
                  problem.isPresent() ? 400 : 200,
                  Templates.authorize(
                      Pages.name(caller),
                      caller.account(),
                      place(request),
                      query,
                      visit.csrf(),
                      all,
                      Optional.of(search).filter(_ -> roles.size() > Choices.MANY),
                      fields(query),
                      Times.today(caller.session().orElseThrow().expiresAt()),
                      Choices.stepUp(roles, AUTHORIZE + "?" + query),
                      problem),
                  request.port().map(_ -> origin(request.redirectUri())));
            });
  }

  /// Users themselves; those without one have roles alone.
  private static List<Choice> own(Caller caller) {
    return caller.user().stream()
        .map(user -> new Choice(OWN, "Yourself", user.userArn(), "15 minutes", false))
        .toList();
  }

  /// What a search keeps of the tool's request.
  private static List<Field> fields(String query) {
    return Parameters.parse(query).all().stream()
        .filter(parameter -> !parameter.name().equals(SEARCH))
        .map(parameter -> new Field(parameter.name(), parameter.value()))
        .toList();
  }

  private static String place(AuthorizationRequest request) {
    return request
        .port()
        .map("A tool on this computer, which waits on port %d"::formatted)
        .orElse("A tool on another computer, to which you carry a code");
  }

  /// Browsers hold to `form-action` where a form leads to, too.
  static String origin(String redirectUri) {
    return redirectUri.substring(0, redirectUri.indexOf('/', "http://".length()));
  }

  Uni<Outcome> grant(Visit visit) {
    Parameters form = visit.form();
    String query = Visit.one(form, "request");
    if (!visit.isOurs(form)) {
      return Uni.createFrom().item(Pages.refused());
    }
    try {
      AuthorizationRequest request = read(visit, query);
      if (Visit.one(form, "answer").equals("deny")) {
        return Uni.createFrom().item(denied(request));
      }
      return pages.forPerson(
          visit,
          AUTHORIZE + "?" + query,
          caller -> grant(visit, caller, request, query, Visit.one(form, "choice")));
    } catch (AuthorizationQuery.Invalid invalid) {
      return Uni.createFrom().item(wrong(invalid));
    }
  }

  private static Outcome denied(AuthorizationRequest request) {
    return request.port().isPresent()
        ? Pages.sent(request.denied())
        : Pages.shown(
            Templates.message(
                "Nothing was given",
                "The tool gets no credentials. You can close this page.",
                Optional.of(new Link(Visit.HOME, "To your roles"))));
  }

  private Uni<Outcome> grant(
      Visit visit, Caller caller, AuthorizationRequest request, String query, String choice) {
    return choices
        .of(caller)
        .chain(
            roles -> {
              boolean right =
                  Stream.concat(own(caller).stream(), roles.stream())
                      .anyMatch(each -> each.value().equals(choice) && !each.needsMfa());
              if (!right) {
                return ask(
                    visit,
                    caller,
                    request,
                    query,
                    Optional.of(
                        new Problem(
                            "Choose whose credentials the tool is to have.",
                            Optional.of("choice"))));
              }
              Optional<String> role = Optional.of(choice).filter(is -> !is.equals(OWN));
              return authorizations
                  .give(caller, request, role)
                  .map(code -> Pages.sent(request.target(code)));
            });
  }

  /// The code, for a person to carry to another computer. Only what came from here is shown: it is
  /// right or worth nothing.
  Uni<Outcome> confirmation(Visit visit) {
    Parameters query = visit.query();
    String text = "state=%s&code=%s".formatted(Visit.one(query, "state"), Visit.one(query, "code"));
    String code = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return Uni.createFrom().item(Pages.shown(Templates.confirmation(code)));
  }
}
