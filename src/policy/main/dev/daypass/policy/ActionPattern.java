package dev.daypass.policy;

import java.util.Locale;

/// One entry of Action or NotAction: `*`, or a service's name and a pattern for its actions, both
/// without regard to case. A wildcard in the service's name matches nothing.
record ActionPattern(boolean everything, String service, Glob name) {
  static ActionPattern parse(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    int colon = folded.indexOf(':');
    return colon < 0
        ? new ActionPattern(true, "", Glob.of("*"))
        : new ActionPattern(
            false, folded.substring(0, colon), Glob.of(folded.substring(colon + 1)));
  }

  boolean matches(String action) {
    if (everything) {
      return true;
    }
    int colon = action.indexOf(':');
    return colon == service.length()
        && action.startsWith(service)
        && name.matches(action.substring(colon + 1));
  }
}
