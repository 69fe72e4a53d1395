package dev.daypass.broker.pages;

import dev.daypass.broker.notices.Notice;
import dev.daypass.broker.notices.Notices;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.NoticesShown;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/// What a person is told beside whatever page they see, until they say that they know.
@Singleton
final class NoticePages {
  private final Pages pages;
  private final Notices notices;

  NoticePages(Pages pages, Notices notices) {
    this.pages = pages;
    this.notices = notices;
  }

  /// @param found at least one, newest first
  static NoticesShown shown(List<Notice> found, String csrf, String here) {
    return new NoticesShown(
        found.stream().map(NoticePages::text).toList(),
        csrf,
        found.getFirst().time().toString(),
        here);
  }

  private static String text(Notice notice) {
    return "%s%s on %s from %s."
        .formatted(
            notice.event().text(),
            notice.by().map(name -> " by " + name).orElse(""),
            Times.day(notice.time()),
            Places.of(notice.address(), notice.userAgent()));
  }

  /// What came after the page was shown is told again.
  Uni<Outcome> dismiss(Visit visit) {
    String next = Visit.next(visit.form());
    return pages.forForm(
        visit,
        next,
        caller ->
            notices
                .dismiss(caller, until(Visit.one(visit.form(), "until")))
                .replaceWith(() -> Pages.sent(next)));
  }

  /// What cannot be read dismisses nothing.
  private static Instant until(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      return Instant.EPOCH;
    }
  }
}
