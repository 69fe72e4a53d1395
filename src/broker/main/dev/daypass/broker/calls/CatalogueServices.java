package dev.daypass.broker.calls;

import dev.daypass.broker.lastaccessed.RecordedServices;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the catalogue answers is what the trail records.
@Singleton
final class CatalogueServices implements RecordedServices {
  private final Map<String, Set<String>> actions;

  CatalogueServices(Catalogue catalogue) {
    actions =
        catalogue.all().stream()
            .collect(
                Collectors.groupingBy(
                    action -> action.service().signingName(),
                    Collectors.mapping(Action::name, Collectors.toUnmodifiableSet())));
  }

  @Override
  public Set<String> namespaces() {
    return actions.keySet();
  }

  @Override
  public Set<String> actions(String namespace) {
    return actions.getOrDefault(namespace, Set.of());
  }
}
