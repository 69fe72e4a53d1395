package dev.daypass.policy;

import java.util.Locale;

/// One entry of Action or NotAction: `*`, or a service's name and a pattern for its actions, both
/// without regard to case. A wildcard in the service's name matches nothing.
///
/// @param written as its author wrote it
/// @param service in lower case
/// @param name the pattern for the action's name, in lower case
record ActionPattern(String written, boolean everything, String service, String name, Glob glob) {
  static ActionPattern parse(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    int colon = folded.indexOf(':');
    String service = colon < 0 ? "" : folded.substring(0, colon);
    String name = folded.substring(colon + 1);
    return new ActionPattern(text, colon < 0, service, name, Glob.of(name));
  }

  /// @param action in lower case
  boolean matches(String action) {
    return everything
        || action.length() > service.length()
            && action.charAt(service.length()) == ':'
            && action.startsWith(service)
            && glob.matches(action, service.length() + 1, action.length());
  }

  /// Whether it stands for one action only.
  boolean isLiteral() {
    return !everything && glob.isLiteral();
  }

  /// The one action it stands for, in lower case.
  String literal() {
    return service + ":" + name;
  }
}
