package dev.daypass.policy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// For some patterns, one text for each way in which a text can match some and not the others:
/// every text there is matches like one of these. Found by reading all patterns at once, shortest
/// texts first.
final class Words {
  private static final int MOST_STATES = 20_000;
  private static final String UNUSED = "xyzqwvujkXYZQ0123456789";

  private final List<Word> patterns;
  private final int needed;
  private final char other;

  /// @param needed how many of the first patterns are such that texts that match none of them do
  ///   not matter; 0 where all texts do
  Words(List<Word> patterns, int needed) {
    this.patterns = patterns;
    this.needed = needed;
    Set<Integer> used = new HashSet<>();
    patterns.forEach(pattern -> Arrays.stream(pattern.tokens()).forEach(used::add));
    this.other = (char) UNUSED.chars().filter(c -> !used.contains(c)).findFirst().orElse('\ue000');
  }

  /// The places in the patterns that are still in play.
  private record State(Map<Integer, BitSet> places, String text) {}

  /// One text for each way to match, or nothing where there are too many ways to find out.
  Optional<Map<BitSet, String>> representatives() {
    Map<BitSet, String> found = new HashMap<>();
    Set<Map<Integer, BitSet>> seen = new HashSet<>();
    ArrayDeque<State> open = new ArrayDeque<>();
    Map<Integer, BitSet> start = new HashMap<>();
    for (int i = 0; i < patterns.size(); i++) {
      start.put(i, patterns.get(i).start());
    }
    seen.add(start);
    open.add(new State(start, ""));
    while (!open.isEmpty()) {
      State state = open.remove();
      found.putIfAbsent(accepted(state), state.text());
      for (char c : alphabet(state)) {
        Map<Integer, BitSet> next = next(state, c);
        if (matters(next) && seen.add(next)) {
          open.add(new State(next, state.text() + c));
        }
      }
      if (seen.size() > MOST_STATES) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  private BitSet accepted(State state) {
    BitSet accepted = new BitSet();
    state
        .places()
        .forEach((pattern, places) -> accepted.set(pattern, patterns.get(pattern).accepts(places)));
    return accepted;
  }

  /// The characters that some pattern waits for, the colon that ends fields, and any other.
  private Set<Character> alphabet(State state) {
    Set<Character> alphabet = new TreeSet<>();
    state
        .places()
        .forEach(
            (pattern, places) -> {
              int[] tokens = patterns.get(pattern).tokens();
              places.stream()
                  .filter(place -> place < tokens.length && tokens[place] >= 0)
                  .forEach(place -> alphabet.add((char) tokens[place]));
            });
    alphabet.add(':');
    alphabet.add(other);
    return alphabet;
  }

  private Map<Integer, BitSet> next(State state, char c) {
    Map<Integer, BitSet> next = new HashMap<>();
    state
        .places()
        .forEach(
            (pattern, places) -> {
              BitSet after = patterns.get(pattern).next(places, c);
              if (!after.isEmpty()) {
                next.put(pattern, after);
              }
            });
    return next;
  }

  private boolean matters(Map<Integer, BitSet> places) {
    return needed == 0 || places.keySet().stream().anyMatch(pattern -> pattern < needed);
  }
}
