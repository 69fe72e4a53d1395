package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Link;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/// What all pages of administrators have: somebody who has signed in with a second factor, the road
/// of every other call, and refusals told where one was.
@Singleton
final class Administration {
  private static final int FORBIDDEN = 403;

  private final Pages pages;
  private final Road road;

  Administration(Pages pages, Road road) {
    this.pages = pages;
    this.road = road;
  }

  /// A page, or part of one.
  interface View extends Function<AdminVisit, Uni<Outcome>> {}

  /// A page about one thing, or a change of it.
  interface Named {
    Uni<Outcome> of(AdminVisit visit, String name);
  }

  /// Where things of one kind are.
  ///
  /// @param path of the page of all
  /// @param one the page of one of them
  record Section(String path, View all, Named one) {}

  /// The page of what the address names. Whoever may not see it is told so among all.
  Uni<Outcome> show(Visit visit, Section section) {
    return show(
        visit,
        section.path(),
        admin -> section.one().of(admin, admin.asked("name")),
        section.all());
  }

  /// A change of what a form names. What is refused is told on its page.
  Uni<Outcome> change(Visit visit, Section section, Named change) {
    return change(
        visit,
        section.path(),
        admin -> change.of(admin, admin.given("name")),
        refused ->
            telling(refused, admin -> section.one().of(admin, admin.given("name")), section.all()));
  }

  /// @param here a page to come back to from a sign-in
  /// @param page what is asked for
  /// @param otherwise the same without what can be refused, where it is told
  Uni<Outcome> show(Visit visit, String here, View page, View otherwise) {
    return pages.forVisitor(visit, here, withMfa(here, asked(visit, page, otherwise)));
  }

  /// The same, for a form of ours.
  ///
  /// @param otherwise the page that the form is on
  Uni<Outcome> change(Visit visit, String here, View change, View otherwise) {
    return pages.forForm(visit, here, withMfa(here, asked(visit, change, otherwise)));
  }

  private Function<Caller, Uni<Outcome>> asked(Visit visit, View page, View otherwise) {
    return caller -> {
      AdminVisit admin = new AdminVisit(visit, caller, road, Optional.empty());
      return telling(admin, page, otherwise);
    };
  }

  /// A page, or another one that tells why not.
  static Uni<Outcome> telling(AdminVisit visit, View page, View otherwise) {
    return Pages.told(
        Uni.createFrom().deferred(() -> page.apply(visit)),
        problem -> otherwise.apply(visit.told(problem)));
  }

  /// For those who have proven a second factor.
  static Function<Caller, Uni<Outcome>> withMfa(String here, Function<Caller, Uni<Outcome>> page) {
    return caller ->
        caller.mfaAt().isPresent()
            ? page.apply(caller)
            : Uni.createFrom()
                .item(
                    () ->
                        Pages.shown(
                            FORBIDDEN,
                            Templates.message(
                                "This takes a second factor",
                                "You have signed in without one.",
                                Optional.of(
                                    new Link(
                                        SignInPages.stepUpBefore(here),
                                        "Prove your second factor")))));
  }
}
