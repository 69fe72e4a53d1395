package dev.daypass.broker.pages;

import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Link;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.broker.signin.SignInFailed;
import dev.daypass.broker.signin.UpstreamSignIn;
import dev.daypass.broker.throttle.TooOften;
import dev.daypass.broker.tickets.Tickets;
import dev.daypass.broker.upstream.Upstream;
import dev.daypass.broker.upstream.UpstreamLogins.Answer;
import dev.daypass.broker.upstream.UpstreamLogins.Begun;
import dev.daypass.broker.upstream.UpstreamRefused;
import dev.daypass.broker.upstream.Upstreams;
import dev.daypass.wire.query.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// To another provider, and back.
@Singleton
final class UpstreamPages {
  static final String BEGIN = "/signin/upstream";
  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 503;

  private final SignInPages signIns;
  private final UpstreamSignIn upstream;
  private final Upstreams upstreams;

  UpstreamPages(SignInPages signIns, UpstreamSignIn upstream, Upstreams upstreams) {
    this.signIns = signIns;
    this.upstream = upstream;
    this.upstreams = upstreams;
  }

  /// Ways to sign in beside a password.
  static List<Link> links(List<Upstream> all, String next) {
    return all.stream()
        .map(
            each ->
                new Link(
                    "%s?provider=%s&next=%s"
                        .formatted(
                            BEGIN, each.name(), URLEncoder.encode(next, StandardCharsets.UTF_8)),
                    each.label()))
        .toList();
  }

  /// Sends a browser to the provider: from our own pages, and not because another page says so.
  Uni<Outcome> begin(Visit visit) {
    Parameters query = visit.query();
    String next = Visit.next(query);
    Optional<Upstream> chosen =
        upstreams.find(Visit.one(query, "provider")).filter(_ -> !visit.isFromElsewhere());
    return chosen
        .map(is -> begin(visit, is, next))
        .orElseGet(() -> Uni.createFrom().item(Pages.sent(SignInPages.before(next))));
  }

  private Uni<Outcome> begin(Visit visit, Upstream chosen, String next) {
    return upstream
        .begin(visit.origin(), chosen, next)
        .map(UpstreamPages::sent)
        .onFailure(UpstreamRefused.class)
        .recoverWithItem(failure -> refused((UpstreamRefused) failure, next))
        .onFailure(TooOften.class)
        .recoverWithItem(SignInPages::wait);
  }

  private static Outcome sent(Begun begun) {
    return new Outcome.Sent(
        begun.location(),
        List.of(Pages.cookie(Visit.UPSTREAM, begun.browser(), Tickets.Kind.UPSTREAM.lifetime())));
  }

  /// What the provider sends a browser back with.
  Uni<Outcome> finish(Visit visit) {
    Parameters query = visit.query();
    Answer answer =
        new Answer(
            Visit.one(query, "state"),
            Visit.one(query, "code"),
            Visit.one(query, "iss"),
            visit.upstream());
    return Uni.createFrom()
        .deferred(() -> upstream.finish(visit.origin(), answer))
        .map(returned -> signIns.page(visit, returned.progress(), returned.next()))
        .onFailure(UpstreamRefused.class)
        .recoverWithItem(failure -> refused((UpstreamRefused) failure, Visit.HOME))
        .onFailure(SignInFailed.class)
        .recoverWithItem(
            failure ->
                signIns.again(
                    UNAUTHORIZED,
                    Visit.HOME,
                    new Problem(((SignInFailed) failure).text(), Optional.empty())));
  }

  private Outcome refused(UpstreamRefused refused, String next) {
    if (refused.reason() == UpstreamRefused.Reason.UNTRUSTED) {
      return Pages.shown(
          UNAUTHORIZED,
          Templates.message(
              "Nothing here is for you yet",
              refused.text(),
              Optional.of(new Link(SignInPages.SIGN_IN, "Sign in another way"))));
    }
    int status = refused.reason() == UpstreamRefused.Reason.AWAY ? UNAVAILABLE : UNAUTHORIZED;
    return signIns.again(status, next, new Problem(refused.text(), Optional.empty()));
  }
}
