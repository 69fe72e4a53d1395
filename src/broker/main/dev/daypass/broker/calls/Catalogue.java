package dev.daypass.broker.calls;

import dev.daypass.wire.Request;
import dev.daypass.wire.Service;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every action the broker answers: the only list there is. What is here twice stops the start.
@Singleton
final class Catalogue {
  private record Name(Service service, String action) {}

  private final Map<Name, Action<?, ?>> actions;

  Catalogue(@All List<CatalogueSection> sections) {
    actions =
        sections.stream()
            .map(CatalogueSection::actions)
            .flatMap(List::stream)
            .collect(
                Collectors.toUnmodifiableMap(
                    action -> new Name(action.service(), action.name()), Function.identity()));
  }

  Collection<Action<?, ?>> all() {
    return actions.values();
  }

  /// The service's action of this name.
  Optional<Action<?, ?>> find(Service service, String name) {
    return Optional.ofNullable(actions.get(new Name(service, name)));
  }

  /// The action that a request is for.
  Action<?, ?> of(Request<?> request) {
    return actions.values().stream()
        .filter(action -> action.type() == request.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing answers " + request.getClass()));
  }
}
