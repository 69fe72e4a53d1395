package dev.daypass.broker.changes;

import java.io.IOException;

/// This node cannot tell whether it has heard of all changes.
public final class Unheard extends IOException {
  Unheard() {
    super("nothing listens for changes");
  }

  Unheard(Throwable cause) {
    super("changes are not heard of in time", cause);
  }
}
