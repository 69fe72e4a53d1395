package dev.daypass.broker.rolesanywhere;

import dev.daypass.broker.access.Caller;
import dev.daypass.wire.rolesanywhere.SubjectMessages.GetSubject;
import dev.daypass.wire.rolesanywhere.SubjectMessages.ListSubjects;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Shows who came with certificates.
@Singleton
public final class SubjectActions {
  private final Subjects subjects;

  SubjectActions(Subjects subjects) {
    this.subjects = subjects;
  }

  public Uni<GetSubject.Result> get(Caller caller, GetSubject request) {
    return subjects
        .find(caller.account(), request.subjectId().value())
        .map(found -> found.orElseThrow(Rows::notFound))
        .chain(subject -> subjects.credentials(subject.id()).map(subject::onWire))
        .map(GetSubject.Result::new);
  }

  public Uni<ListSubjects.Result> list(Caller caller, ListSubjects request) {
    return subjects
        .page(caller.account(), ResourceActions.wanted(request.nextToken(), request.pageSize()))
        .map(
            page ->
                new ListSubjects.Result(
                    page.items().stream().map(Subject::onWire).toList(), page.marker()));
  }
}
