package dev.daypass.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One entry of Resource or NotResource: `*`, or an ARN in which every field is a pattern of its
/// own that cannot cross a colon, but for the last, in which variables stand.
final class ResourcePattern {
  private static final int LAST = 5;

  private final boolean everything;
  private final List<Glob> heads;
  private final Template tail;
  private final Optional<Glob> constantTail;

  private ResourcePattern(boolean everything, List<Glob> heads, Template tail) {
    this.everything = everything;
    this.heads = heads;
    this.tail = tail;
    this.constantTail = tail.constantGlob();
  }

  /// @param withVariables whether the document's version has them
  static ResourcePattern parse(String text, boolean withVariables) {
    if (Glob.of(text).matchesEverything()) {
      return new ResourcePattern(true, List.of(), Template.plain("*"));
    }
    String[] fields = text.split(":", LAST + 1);
    List<Glob> heads = new ArrayList<>();
    for (int i = 0; i < LAST; i++) {
      // A pattern that ends early leaves the rest open.
      heads.add(Glob.of(i < fields.length ? fields[i].toLowerCase(Locale.ROOT) : "*"));
    }
    String last = fields.length > LAST ? fields[LAST] : "*";
    return new ResourcePattern(
        false, heads, withVariables ? Template.parse(last) : Template.plain(last));
  }

  /// A pattern with a variable that has no value matches nothing.
  boolean matches(Question question) {
    if (everything) {
      return true;
    }
    ArnFields resource = question.resource();
    if (!resource.isArn()) {
      return false;
    }
    for (int i = 0; i < LAST; i++) {
      if (!heads.get(i).matches(resource.field(i))) {
        return false;
      }
    }
    return constantTail
        .or(() -> tail.glob(question))
        .filter(glob -> glob.matches(resource.field(LAST)))
        .isPresent();
  }

  /// Whether a variable in it has no value in this request.
  boolean unresolved(Question question) {
    return constantTail.isEmpty() && tail.glob(question).isEmpty();
  }
}
