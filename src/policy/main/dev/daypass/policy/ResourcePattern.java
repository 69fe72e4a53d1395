package dev.daypass.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One entry of Resource or NotResource: `*`, or an ARN in which every field is a pattern of its
/// own that cannot cross a colon, but for the last, in which variables stand.
final class ResourcePattern {
  private final String written;
  private final boolean everything;
  private final List<Glob> heads;
  private final Template tail;
  private final Optional<Glob> constantTail;

  /// The text of all fields but the last, where no wildcard is in it; else empty.
  private final String literalHead;

  private ResourcePattern(String written, boolean everything, List<Glob> heads, Template tail) {
    this.written = written;
    this.everything = everything;
    this.heads = List.copyOf(heads);
    this.tail = tail;
    this.constantTail = tail.constantGlob();
    this.literalHead =
        heads.stream().allMatch(Glob::isLiteral)
            ? String.join("", heads.stream().map(head -> head.prefix() + ":").toList())
            : "";
  }

  /// @param withVariables whether the document's version has them
  static ResourcePattern parse(String text, boolean withVariables) {
    if (Glob.of(text).matchesEverything()) {
      return new ResourcePattern(text, true, List.of(), Template.plain("*"));
    }
    String[] fields = text.split(":", ArnFields.LAST + 1);
    List<Glob> heads = new ArrayList<>();
    for (int i = 0; i < ArnFields.LAST; i++) {
      // A pattern that ends early leaves the rest open.
      heads.add(Glob.of(i < fields.length ? fields[i].toLowerCase(Locale.ROOT) : "*"));
    }
    String last = fields.length > ArnFields.LAST ? fields[ArnFields.LAST] : "*";
    return new ResourcePattern(
        text, false, heads, withVariables ? Template.parse(last) : Template.plain(last));
  }

  /// As its author wrote it.
  String written() {
    return written;
  }

  /// A pattern with a variable that has no value matches nothing.
  boolean matches(Question question) {
    if (everything) {
      return true;
    }
    ArnFields resource = question.resource();
    if (!resource.isArn() || !headMatches(resource)) {
      return false;
    }
    if (constantTail.isPresent()) {
      return resource.matches(ArnFields.LAST, constantTail.get());
    }
    Optional<Glob> glob = tail.glob(question);
    return glob.isPresent() && resource.matches(ArnFields.LAST, glob.get());
  }

  private boolean headMatches(ArnFields resource) {
    if (!literalHead.isEmpty()) {
      return resource.start(ArnFields.LAST) == literalHead.length()
          && resource.text().startsWith(literalHead);
    }
    for (int i = 0; i < heads.size(); i++) {
      if (!resource.matches(i, heads.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Whether a variable in it has no value in this request.
  boolean unresolved(Question question) {
    return constantTail.isEmpty() && tail.glob(question).isEmpty();
  }

  /// What it means: the text, and whether variables in it are variables.
  String signature() {
    return written + tail.signature();
  }

  /// The keys that its variables name.
  Set<String> variables() {
    return tail.keys();
  }

  /// The pattern over whole ARNs, all fields but the last in lower case.
  ///
  /// @param value what stands in the place of every variable; absent for their defaults
  Word word(Optional<String> value) {
    Word.Builder word = new Word.Builder();
    String[] fields = written.split(":", ArnFields.LAST + 1);
    for (int i = 0; i < ArnFields.LAST; i++) {
      word.wild(i < fields.length ? fields[i].toLowerCase(Locale.ROOT) : "*", true).add(':');
    }
    tail.addTo(word, value);
    return word.build();
  }

  boolean everything() {
    return everything;
  }

  /// Runs of characters that are in every resource it matches, with all fields but the last in
  /// lower case.
  List<String> literals() {
    if (everything) {
      return List.of();
    }
    Glob.Builder whole = new Glob.Builder();
    heads.forEach(head -> whole.append(head).literal(":"));
    return tail.outline(whole).build().literals();
  }
}
