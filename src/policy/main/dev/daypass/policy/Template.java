package dev.daypass.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Text with policy variables: `${key}`, `${key, 'default'}`, and the escapes `${*}`, `${?}`,
/// `${$}`. What a variable stands for is literal, whatever characters it has.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Policy
///   variables</a>
final class Template {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(?:([*?$])|([^\\s{},']+)(?:, '([^']*)')?)}");

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  private record Escaped(String text) implements Part {}

  /// @param name the key as it is written
  /// @param key the same in lower case
  private record Variable(String name, String key, Optional<String> ifAbsent) implements Part {}

  private final String written;
  private final List<Part> parts;
  private final Optional<String> constant;

  private Template(String written, List<Part> parts) {
    this.written = written;
    this.parts = List.copyOf(parts);
    this.constant =
        parts.stream().anyMatch(Variable.class::isInstance)
            ? Optional.empty()
            : Optional.of(String.join("", parts.stream().map(Template::shown).toList()));
  }

  /// Text in which nothing is a variable.
  static Template plain(String text) {
    return new Template(text, List.of(new Text(text)));
  }

  /// Text in which variables are; fails with `IllegalArgumentException` where one is not
  /// well-formed.
  static Template parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(text);
    int done = 0;
    for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
      if (!matcher.find(start) || matcher.start() != start) {
        throw new IllegalArgumentException("not a policy variable");
      }
      if (start > done) {
        parts.add(new Text(text.substring(done, start)));
      }
      parts.add(part(matcher));
      done = matcher.end();
    }
    if (done < text.length() || parts.isEmpty()) {
      parts.add(new Text(text.substring(done)));
    }
    return new Template(text, parts);
  }

  private static Part part(Matcher variable) {
    return variable.group(1) != null
        ? new Escaped(variable.group(1))
        : new Variable(
            variable.group(2),
            variable.group(2).toLowerCase(Locale.ROOT),
            Optional.ofNullable(variable.group(3)));
  }

  private static String shown(Part part) {
    return switch (part) {
      case Text(var text) -> text;
      case Escaped(var text) -> text;
      case Variable(var name, _, _) -> "${" + name + "}";
    };
  }

  /// The text as its author wrote it.
  String written() {
    return written;
  }

  /// The text, where it does not depend on the request.
  Optional<String> constant() {
    return constant;
  }

  /// The text for this request; absent when a variable has no value.
  Optional<String> text(Question question) {
    if (constant.isPresent()) {
      return constant;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      Optional<String> piece = piece(part, question);
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      text.append(piece.get());
    }
    return Optional.of(text.toString());
  }

  /// The pattern for this request, in which only the wildcards that the author wrote are wild.
  Optional<Glob> glob(Question question) {
    Glob.Builder glob = new Glob.Builder();
    for (Part part : parts) {
      if (part instanceof Text(var text)) {
        glob.wild(text);
        continue;
      }
      Optional<String> piece = piece(part, question);
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      glob.literal(piece.get());
    }
    return Optional.of(glob.build());
  }

  /// The pattern, where it does not depend on the request.
  Optional<Glob> constantGlob() {
    if (constant.isEmpty()) {
      return Optional.empty();
    }
    Glob.Builder glob = new Glob.Builder();
    for (Part part : parts) {
      if (part instanceof Text(var text)) {
        glob.wild(text);
      } else {
        glob.literal(shown(part));
      }
    }
    return Optional.of(glob.build());
  }

  /// Adds what it has whatever the request: a variable can be anything.
  Glob.Builder outline(Glob.Builder glob) {
    for (Part part : parts) {
      switch (part) {
        case Text(var text) -> glob.wild(text);
        case Escaped(var text) -> glob.literal(text);
        case Variable _ -> glob.any();
      }
    }
    return glob;
  }

  /// What it means: the text, and whether variables in it are variables.
  String signature() {
    return parts.toString();
  }

  /// The keys that its variables name.
  Set<String> keys() {
    return parts.stream()
        .filter(Variable.class::isInstance)
        .map(part -> ((Variable) part).key())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Adds it to a pattern that is read character by character, with `value` in the place of every
  /// variable, or each one's default where that is empty and there is one.
  void addTo(Word.Builder word, Optional<String> value) {
    for (Part part : parts) {
      switch (part) {
        case Text(var text) -> word.wild(text, false);
        case Escaped(var text) -> word.literal(text);
        case Variable(_, _, var ifAbsent) -> value.or(() -> ifAbsent).ifPresent(word::literal);
      }
    }
  }

  /// Whether this is nothing but stars.
  boolean isEverything() {
    return constantGlob().filter(Glob::matchesEverything).isPresent();
  }

  /// The pattern for this request cut at its colons into `count` fields, the last keeping its own,
  /// or into fewer where there are no more colons; absent where a variable has no value. A colon
  /// that a variable brings cuts only where the variable is all there is.
  Optional<Glob[]> fields(Question question, int count) {
    boolean whole = parts.size() == 1 && parts.getFirst() instanceof Variable;
    List<Glob.Builder> fields = new ArrayList<>(List.of(new Glob.Builder()));
    for (Part part : parts) {
      Optional<String> piece = piece(part, question);
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      if (part instanceof Text || whole) {
        String[] cut = piece.get().split(":", count - fields.size() + 1);
        add(fields.getLast(), cut[0], whole);
        for (int i = 1; i < cut.length; i++) {
          fields.add(add(new Glob.Builder(), cut[i], whole));
        }
      } else {
        fields.getLast().literal(piece.get());
      }
    }
    return Optional.of(fields.stream().map(Glob.Builder::build).toArray(Glob[]::new));
  }

  private static Glob.Builder add(Glob.Builder field, String text, boolean literal) {
    return literal ? field.literal(text) : field.wild(text);
  }

  private static Optional<String> piece(Part part, Question question) {
    return switch (part) {
      case Text(var text) -> Optional.of(text);
      case Escaped(var text) -> Optional.of(text);
      case Variable(_, var key, var ifAbsent) -> question.single(key).or(() -> ifAbsent);
    };
  }
}
