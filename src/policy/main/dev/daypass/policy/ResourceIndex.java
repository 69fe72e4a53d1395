package dev.daypass.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The statements of a set by what they say of resources. Each pattern is known by one piece of a
/// fixed length, the one that is rarest among all patterns of the set; a resource is looked through
/// once, piece by piece. A prefix would not do: many patterns begin with a wildcard.
final class ResourceIndex {
  private static final int PIECE = 8;

  /// For patterns that have no longer run of characters.
  private static final int SHORT_PIECE = 3;

  private final int words;
  private final PieceTable pieces;
  private final PieceTable shortPieces;
  private final Posting unknown;

  ResourceIndex(List<Statement> statements) {
    this.words = (statements.size() + Long.SIZE - 1) / Long.SIZE;
    Map<String, Integer> frequency = frequency(statements);
    Map<String, BitSet> byPiece = new HashMap<>();
    BitSet withoutPiece = new BitSet();
    for (int i = 0; i < statements.size(); i++) {
      List<String> rarest = rarest(statements.get(i).resources(), frequency);
      if (rarest.isEmpty()) {
        withoutPiece.set(i);
      }
      for (String piece : rarest) {
        byPiece.computeIfAbsent(piece, _ -> new BitSet()).set(i);
      }
    }
    this.pieces = table(byPiece, PIECE);
    this.shortPieces = table(byPiece, SHORT_PIECE);
    this.unknown = Posting.of(withoutPiece, words);
  }

  private PieceTable table(Map<String, BitSet> byPiece, int length) {
    Map<String, Posting> ofLength = new HashMap<>();
    byPiece.forEach(
        (piece, statements) -> {
          if (piece.length() == length) {
            ofLength.put(piece, Posting.of(statements, words));
          }
        });
    return new PieceTable(length, ofLength);
  }

  private static Map<String, Integer> frequency(List<Statement> statements) {
    Map<String, Integer> frequency = new HashMap<>();
    for (Statement statement : statements) {
      for (ResourcePattern pattern : statement.resources().entries()) {
        pieces(pattern).forEach(piece -> frequency.merge(piece, 1, Integer::sum));
      }
    }
    return frequency;
  }

  /// One piece for each pattern; none where a statement cannot be known by its patterns.
  private static List<String> rarest(
      Statement.Element<ResourcePattern> resources, Map<String, Integer> frequency) {
    List<String> rarest = new ArrayList<>();
    for (ResourcePattern pattern : resources.entries()) {
      List<String> pieces = resources.negated() ? List.of() : pieces(pattern);
      if (pieces.isEmpty()) {
        return List.of();
      }
      String best = pieces.getFirst();
      for (String piece : pieces) {
        if (frequency.getOrDefault(piece, 0) < frequency.getOrDefault(best, 0)) {
          best = piece;
        }
      }
      rarest.add(best);
    }
    return rarest;
  }

  /// The long pieces that are in every resource the pattern matches, or else the short ones.
  private static List<String> pieces(ResourcePattern pattern) {
    List<String> literals = pattern.literals();
    List<String> pieces = new ArrayList<>();
    literals.forEach(literal -> cut(literal, PIECE, pieces));
    if (pieces.isEmpty()) {
      literals.forEach(literal -> cut(literal, SHORT_PIECE, pieces));
    }
    return pieces;
  }

  private static void cut(String literal, int length, List<String> pieces) {
    for (int i = 0; i + length <= literal.length(); i++) {
      pieces.add(literal.substring(i, i + length));
    }
  }

  /// @param resource with all fields but the last in lower case
  long[] candidates(String resource) {
    long[] bits = new long[words];
    unknown.addTo(bits);
    pieces.collect(resource, bits);
    shortPieces.collect(resource, bits);
    return bits;
  }
}
