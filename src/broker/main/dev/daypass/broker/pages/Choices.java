package dev.daypass.broker.pages;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.pages.Templates.Choice;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.sessions.AssumableRoles;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The roles that a person may have, as pages show them: those there are now first.
@Singleton
final class Choices {
  private final AssumableRoles roles;

  Choices(AssumableRoles roles) {
    this.roles = roles;
  }

  Uni<List<Choice>> of(Caller caller) {
    return roles
        .of(caller)
        .map(
            found ->
                found.stream()
                    .map(Choices::choice)
                    .sorted(Comparator.comparing(Choice::needsMfa).thenComparing(Choice::name))
                    .toList());
  }

  /// From how many on they are searched.
  static final int MANY = 10;

  /// Those in which this stands, in whatever case.
  static List<Choice> matching(List<Choice> roles, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return roles.stream()
        .filter(
            role ->
                Stream.of(role.name(), role.about(), role.value())
                    .anyMatch(shown -> shown.toLowerCase(Locale.ROOT).contains(wanted)))
        .toList();
  }

  /// Where a second factor is proven, to come back here; absent where it would open nothing.
  static Optional<String> stepUp(List<Choice> roles, String here) {
    return roles.stream().anyMatch(Choice::needsMfa)
        ? Optional.of(SignInPages.stepUpBefore(here))
        : Optional.empty();
  }

  private static Choice choice(AssumableRoles.Assumable found) {
    Role role = found.role();
    return new Choice(
        role.arn(),
        role.name(),
        role.description().filter(text -> !text.isBlank()).orElse(role.arn()),
        Times.lasts(role.longestSession()),
        found.when() == AssumableRoles.When.WITH_MFA);
  }
}
