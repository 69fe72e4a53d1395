package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.broker.pages.Templates.KeyShown;
import dev.daypass.broker.pages.Templates.Problem;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.iam.CredentialMessages.AccessKeyMetadata;
import dev.daypass.wire.iam.CredentialMessages.CreateAccessKey;
import dev.daypass.wire.iam.CredentialMessages.DeleteAccessKey;
import dev.daypass.wire.iam.CredentialMessages.ListAccessKeys;
import dev.daypass.wire.iam.CredentialMessages.UpdateAccessKey;
import dev.daypass.wire.iam.Status;
import dev.daypass.wire.query.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// A person's own access keys: the actions of IAM, on the person's own account, with what these
/// take.
@Singleton
final class KeyPages {
  static final String KEYS = "/security/keys";
  private static final int REFUSED = 400;

  private final Pages pages;
  private final Road road;

  KeyPages(Pages pages, Road road) {
    this.pages = pages;
    this.road = road;
  }

  Uni<Outcome> show(Visit visit) {
    return pages.forVisitor(
        visit,
        KEYS,
        Administration.withMfa(KEYS, caller -> shown(visit, caller, Optional.empty())));
  }

  /// Whoever may not see the keys is told so, in place of them.
  private Uni<Outcome> shown(Visit visit, Caller caller, Optional<Problem> problem) {
    ListAccessKeys own = new ListAccessKeys(Optional.empty(), Optional.empty(), Optional.empty());
    return Pages.told(
        road.take(caller, own)
            .map(found -> page(visit, caller, found.accessKeyMetadata(), problem)),
        refusal -> Uni.createFrom().item(page(visit, caller, List.of(), Optional.of(refusal))));
  }

  private static Outcome page(
      Visit visit, Caller caller, List<AccessKeyMetadata> keys, Optional<Problem> problem) {
    return Pages.shown(
        problem.isPresent() ? REFUSED : 200,
        Templates.ownKeys(
            Pages.name(caller),
            visit.csrf(),
            keys.stream().map(KeyPages::shown).toList(),
            problem));
  }

  private static KeyShown shown(AccessKeyMetadata key) {
    return new KeyShown(
        key.accessKeyId().value(), key.status() == Status.ACTIVE, Times.day(key.createDate()));
  }

  Uni<Outcome> create(Visit visit) {
    return pages.forForm(
        visit,
        KEYS,
        Administration.withMfa(
            KEYS,
            caller ->
                Pages.told(
                    road.take(caller, new CreateAccessKey(Optional.empty()))
                        .map(
                            made ->
                                Pages.shown(
                                    Templates.newKey(
                                        Pages.name(caller),
                                        visit.csrf(),
                                        made.accessKey().accessKeyId().value(),
                                        made.accessKey().secretAccessKey().revealText()))),
                    problem -> shown(visit, caller, Optional.of(problem)))));
  }

  Uni<Outcome> change(Visit visit) {
    return pages.forForm(
        visit,
        KEYS,
        Administration.withMfa(
            KEYS,
            caller ->
                Pages.told(
                    Uni.createFrom()
                        .deferred(() -> change(caller, visit.form()))
                        .map(_ -> Pages.sent(KEYS)),
                    problem -> shown(visit, caller, Optional.of(problem)))));
  }

  private Uni<?> change(Caller caller, Parameters form) {
    AccessKeyId key = id(Visit.one(form, "key"));
    return switch (Visit.one(form, "change")) {
      case "activate" ->
          road.take(caller, new UpdateAccessKey(Optional.empty(), key, Status.ACTIVE));
      case "deactivate" ->
          road.take(caller, new UpdateAccessKey(Optional.empty(), key, Status.INACTIVE));
      case "delete" -> road.take(caller, new DeleteAccessKey(Optional.empty(), key));
      default -> throw ErrorCode.VALIDATION_ERROR.error("There is nothing of that kind to do.");
    };
  }

  private static AccessKeyId id(String text) {
    try {
      return new AccessKeyId(text);
    } catch (ConstraintViolation _) {
      throw ErrorCode.VALIDATION_ERROR.error("There is no such key.");
    }
  }
}
