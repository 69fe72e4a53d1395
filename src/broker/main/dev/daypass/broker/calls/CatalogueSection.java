package dev.daypass.broker.calls;

import java.util.List;

/// A part of the catalogue: the actions of one theme. Being a bean is all it takes to be in.
interface CatalogueSection {
  List<Action<?, ?>> actions();
}
