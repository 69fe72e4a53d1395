package dev.daypass.broker.authorizationdetails;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.authorizationdetails.Sections.Section;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.GetAccountAuthorizationDetails;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.GetAccountAuthorizationDetails.Result;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.GroupDetail;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.ManagedPolicyDetail;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.RoleDetail;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.UserDetail;
import dev.daypass.wire.iam.EntityType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// All that an account's permissions are made of: users, groups, roles, and policies, in this
/// order, a page at a time. No more than one page is ever in memory.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html">GetAccountAuthorizationDetails</a>
@Singleton
public final class AuthorizationDetailsActions {
  private static final char BETWEEN = ' ';

  private final Sections sections;

  AuthorizationDetailsActions(Sections sections) {
    this.sections = sections;
  }

  public Uni<Result> get(Caller caller, GetAccountAuthorizationDetails request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    Position begin = wanted.after().isEmpty() ? Position.BEGIN : Position.parse(wanted.after());
    List<EntityType> types =
        Arrays.stream(EntityType.values())
            .filter(type -> request.filter().isEmpty() || request.filter().contains(type))
            .filter(type -> type.compareTo(begin.type()) >= 0)
            .toList();
    Uni<Collected> all = Uni.createFrom().item(new Collected(List.of(), Optional.empty()));
    for (EntityType type : types) {
      String after = type == begin.type() ? begin.after() : "";
      all = all.chain(sofar -> more(sofar, type, after, caller, wanted.size()));
    }
    return all.map(AuthorizationDetailsActions::result);
  }

  /// Where a page begins: after an item of a kind.
  private record Position(EntityType type, String after) {
    static final Position BEGIN = new Position(EntityType.values()[0], "");

    static Position parse(String text) {
      int between = text.indexOf(BETWEEN);
      return Arrays.stream(EntityType.values())
          .filter(type -> between > 0 && type.name().equals(text.substring(0, between)))
          .findFirst()
          .map(type -> new Position(type, text.substring(between + 1)))
          .orElseThrow(() -> VALIDATION_ERROR.error("Invalid Marker."));
    }

    @Override
    public String toString() {
      return type.name() + BETWEEN + after;
    }
  }

  /// What the page has so far, and where the next begins once it is full.
  private record Collected(List<Record> items, Optional<Position> next) {}

  private Uni<Collected> more(
      Collected sofar, EntityType type, String after, Caller caller, int size) {
    if (sofar.next().isPresent()) {
      return Uni.createFrom().item(sofar);
    }
    int left = size - sofar.items().size();
    if (left == 0) {
      return Uni.createFrom()
          .item(new Collected(sofar.items(), Optional.of(new Position(type, ""))));
    }
    return sections
        .read(type, caller, new Page.Wanted(after, left))
        .map(section -> with(sofar, type, section));
  }

  private static Collected with(Collected sofar, EntityType type, Section section) {
    List<Record> items = new ArrayList<>(sofar.items());
    items.addAll(section.items());
    return new Collected(items, section.last().map(last -> new Position(type, last)));
  }

  private static Result result(Collected all) {
    return new Result(
        of(all, UserDetail.class),
        of(all, GroupDetail.class),
        of(all, RoleDetail.class),
        of(all, ManagedPolicyDetail.class),
        all.next().isPresent(),
        all.next().map(Position::toString).map(Page::marker));
  }

  private static <T extends Record> List<T> of(Collected all, Class<T> type) {
    return all.items().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
