package dev.daypass.broker.lastaccessed;

import java.util.Set;

/// The services whose calls are in the trail because the broker answers them.
public interface RecordedServices {
  /// Their namespaces.
  Set<String> namespaces();

  /// The actions of one, such as `GetUser`; none where it is not answered here.
  Set<String> actions(String namespace);
}
