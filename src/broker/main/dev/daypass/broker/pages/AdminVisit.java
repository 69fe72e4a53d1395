package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Marker;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// A visit of somebody who looks after the account.
///
/// @param problem what was refused before, to be told on the page
record AdminVisit(Visit visit, Caller caller, Road road, Optional<Problem> problem) {
  private static final int REFUSED = 400;

  /// Calls an action as the administrator; fails as the call is refused.
  <R> Uni<R> take(Request<R> request) {
    return road.take(caller, request);
  }

  /// What was refused first is what was asked for: refusals of the page that tells it come later.
  AdminVisit told(Problem what) {
    return new AdminVisit(visit, caller, road, problem.or(() -> Optional.of(what)));
  }

  String name() {
    return Pages.name(caller);
  }

  String csrf() {
    return visit.csrf();
  }

  /// What the address asks for; empty for nothing.
  String asked(String field) {
    return Visit.one(visit.query(), field).strip();
  }

  /// What the form says; empty for nothing.
  String given(String field) {
    return Visit.one(visit.form(), field).strip();
  }

  /// Where the page of a list begins.
  Optional<Marker> marker() {
    return optional("marker", asked("marker"), Marker::new);
  }

  Outcome shown(TemplateInstance page) {
    return Pages.shown(status(), page);
  }

  /// The same, with a script that asks us for parts of it.
  Outcome live(TemplateInstance page) {
    return Pages.live(status(), page);
  }

  private int status() {
    return problem.isPresent() ? REFUSED : 200;
  }

  /// What a text names; fails for what cannot be a name.
  static <T> T named(String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (ConstraintViolation _) {
      throw ErrorCode.VALIDATION_ERROR.error("There is nothing of this name.");
    }
  }

  /// What a form says about something new; fails with what is wrong with it.
  ///
  /// @param what it is, in the refusal
  static <T> T written(String what, String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (ConstraintViolation violation) {
      throw ErrorCode.VALIDATION_ERROR.error(
          "The %s cannot be so: %s".formatted(what, violation.constraint()));
    }
  }

  /// The same, for what can be left out.
  static <T> Optional<T> optional(String what, String text, Function<String, T> type) {
    return text.isEmpty() ? Optional.empty() : Optional.of(written(what, text, type));
  }

  /// As a query has it.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
