package dev.daypass.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The statements of a set by what they say of actions: one action by its name, patterns by their
/// service, each distinct pattern once, and those that speak of all services.
final class ActionIndex {
  private record Matching(Glob name, Posting statements) {}

  private final int words;
  private final Map<String, Posting> literals = new HashMap<>();
  private final Map<String, List<Matching>> patterns = new HashMap<>();
  private final Posting everywhere;

  ActionIndex(List<Statement> statements) {
    this.words = (statements.size() + Long.SIZE - 1) / Long.SIZE;
    Map<String, BitSet> byLiteral = new HashMap<>();
    Map<String, Map<String, BitSet>> byPattern = new HashMap<>();
    BitSet ofAll = new BitSet();
    for (int i = 0; i < statements.size(); i++) {
      Statement.Element<ActionPattern> actions = statements.get(i).actions();
      for (ActionPattern action : actions.entries()) {
        if (actions.negated() || action.everything()) {
          ofAll.set(i);
        } else if (action.isLiteral()) {
          byLiteral.computeIfAbsent(action.literal(), _ -> new BitSet()).set(i);
        } else {
          byPattern
              .computeIfAbsent(action.service(), _ -> new HashMap<>())
              .computeIfAbsent(action.name(), _ -> new BitSet())
              .set(i);
        }
      }
    }
    byLiteral.forEach((action, set) -> literals.put(action, Posting.of(set, words)));
    byPattern.forEach((service, written) -> patterns.put(service, compile(written)));
    this.everywhere = Posting.of(ofAll, words);
  }

  private List<Matching> compile(Map<String, BitSet> written) {
    List<Matching> compiled = new ArrayList<>();
    written.forEach(
        (name, statements) ->
            compiled.add(new Matching(Glob.of(name), Posting.of(statements, words))));
    return compiled;
  }

  /// @param action in lower case
  long[] candidates(String action) {
    long[] bits = new long[words];
    everywhere.addTo(bits);
    Posting named = literals.get(action);
    if (named != null) {
      named.addTo(bits);
    }
    int colon = action.indexOf(':');
    if (colon > 0 && !patterns.isEmpty()) {
      for (Matching pattern : patterns.getOrDefault(action.substring(0, colon), List.of())) {
        if (pattern.name().matches(action, colon + 1, action.length())) {
          pattern.statements().addTo(bits);
        }
      }
    }
    return bits;
  }
}
