package dev.daypass.broker.pages;

import dev.daypass.broker.pages.AdminTemplates.Checked;
import dev.daypass.broker.pages.AdminTemplates.Draft;
import dev.daypass.broker.pages.AdminTemplates.FindingShown;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.throttle.Throttle;
import dev.daypass.policy.PolicyType;
import dev.daypass.policy.lint.Finding;
import dev.daypass.policy.lint.Kind;
import dev.daypass.policy.lint.Lint;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Policies while they are written. A draft can be checked without being saved: that shows nothing
/// of the account, so it takes no permission, but a second factor as every page here does. It is
/// bounded in size and in number, and holds up no other call.
@Singleton
final class Drafts {
  static final String CHECK = "/admin/check";

  /// In characters: more than the longest policy of a role has (10,240 without white space).
  static final int LONGEST = 16_384;

  /// How many findings are shown; all are counted.
  private static final int MOST_SHOWN = 100;

  private static final Throttle.Rate RATE = new Throttle.Rate(30, Duration.ofMillis(500));

  private final Administration administration;
  private final Throttle throttle;
  private final Vertx vertx;

  Drafts(Administration administration, Throttle throttle, Vertx vertx) {
    this.administration = administration;
    this.throttle = throttle;
    this.vertx = vertx;
  }

  /// What there is to tell about a draft: a part of the page that it is written on.
  Uni<Outcome> check(Visit visit) {
    return administration.change(
        visit,
        AdminPolicyPages.POLICIES,
        admin -> checked(admin, type(admin)).map(AdminTemplates::adminChecked).map(Pages::shown),
        refused ->
            Uni.createFrom()
                .item(
                    () ->
                        refused.shown(AdminTemplates.adminChecked(draft(refused, type(refused))))));
  }

  private static PolicyType type(AdminVisit visit) {
    return visit.given("type").equals(PolicyType.TRUST.name())
        ? PolicyType.TRUST
        : PolicyType.IDENTITY;
  }

  /// A form whose draft is checked or saved, as its button says. What cannot be saved comes back
  /// with what there is to tell about it.
  ///
  /// @param page the form, with a draft
  Uni<Outcome> written(
      AdminVisit visit,
      PolicyType type,
      Administration.View save,
      Function<Draft, Function<AdminVisit, Outcome>> page) {
    Administration.View checked =
        admin -> checked(admin, type).map(it -> page.apply(it).apply(admin));
    boolean asked = !visit.given("check").isEmpty();
    return Administration.telling(visit, asked ? checked : save, checked);
  }

  private Uni<Draft> checked(AdminVisit visit, PolicyType type) {
    Draft draft = draft(visit, type);
    return throttle
        .take("draft:" + visit.caller().userId(), RATE)
        .chain(() -> checked(type, draft.document()))
        .map(found -> new Draft(draft.type(), draft.label(), draft.document(), Optional.of(found)));
  }

  /// As it was sent. Forms send other ends of lines than were typed.
  static String document(AdminVisit visit) {
    return visit.given("document").replace("\r\n", "\n");
  }

  private static Draft draft(AdminVisit visit, PolicyType type) {
    return draft(type, document(visit));
  }

  static Draft draft(PolicyType type, String document) {
    String label = type == PolicyType.TRUST ? "Trust policy" : "Policy";
    return new Draft(type.name(), label, document, Optional.empty());
  }

  private Uni<Checked> checked(PolicyType type, String text) {
    if (text.length() > LONGEST) {
      return Uni.createFrom().item(tooLong(text.length()));
    }
    return Uni.createFrom()
        .completionStage(
            () -> vertx.executeBlocking(() -> read(type, text), false).toCompletionStage());
  }

  private static Checked tooLong(int length) {
    String text = "%d characters; %d at most are checked.".formatted(length, LONGEST);
    return new Checked("Too long.", List.of(new FindingShown("Error", true, "", text)), List.of());
  }

  private static Checked read(PolicyType type, String text) {
    List<Finding> found = Lint.check(type, text);
    return new Checked(
        summary(found),
        found.stream().limit(MOST_SHOWN).map(Drafts::shown).toList(),
        PolicyTexts.sentences(type, text));
  }

  /// Such as `2 errors, 1 warning.`
  private static String summary(List<Finding> found) {
    if (found.isEmpty()) {
      return "Nothing was found.";
    }
    return Arrays.stream(Kind.values())
        .map(kind -> counted(found.stream().filter(is -> is.kind() == kind).count(), word(kind)))
        .filter(text -> !text.isEmpty())
        .collect(
            Collectors.joining(
                ", ",
                "",
                found.size() > MOST_SHOWN ? "; the first %d:".formatted(MOST_SHOWN) : "."));
  }

  private static String counted(long count, String word) {
    return count == 0 ? "" : count + " " + word + (count == 1 ? "" : "s");
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static FindingShown shown(Finding finding) {
    String severity = word(finding.kind());
    String place =
        "Line %d, column %d".formatted(finding.position().line(), finding.position().column())
            + (finding.path().isEmpty() ? "" : ", " + finding.path());
    return new FindingShown(
        severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1),
        finding.kind() == Kind.ERROR || finding.kind() == Kind.SECURITY_WARNING,
        place,
        finding.message());
  }
}
