package dev.daypass.policy;

import java.util.Locale;

/// One entry of Action or NotAction: `*`, or a service's name and a pattern for its actions, both
/// without regard to case. A wildcard in the service's name matches nothing.
///
/// @param written the pattern's text, in lower case
record ActionPattern(boolean everything, String service, String written, Glob name) {
  static ActionPattern parse(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    int colon = folded.indexOf(':');
    return colon < 0
        ? new ActionPattern(true, "", folded, Glob.of("*"))
        : named(folded.substring(0, colon), folded.substring(colon + 1));
  }

  private static ActionPattern named(String service, String name) {
    return new ActionPattern(false, service, name, Glob.of(name));
  }

  /// @param action in lower case
  boolean matches(String action) {
    return everything
        || action.length() > service.length()
            && action.charAt(service.length()) == ':'
            && action.startsWith(service)
            && name.matches(action, service.length() + 1, action.length());
  }

  /// Whether it stands for one action only.
  boolean isLiteral() {
    return !everything && name.isLiteral();
  }

  /// The one action it stands for, in lower case.
  String literal() {
    return service + ":" + written;
  }
}
