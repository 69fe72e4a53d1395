package dev.daypass.client.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The text of `~/.aws/config` or `~/.aws/credentials`, of which one section can be changed and the
/// rest stays as it is, character by character: comments, order, indentation, ends of lines.
///
/// Sections have the names that stand between their brackets: `default`, `profile deploy`,
/// `services daypass`. `[ profile "deploy" ]` is `profile deploy`, too. Immutable.
///
/// @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html">Shared config
///   and credentials files</a>
public final class ProfileText {
  private static final Pattern NAME = Pattern.compile("[^\\[\\]\\p{Cntrl}]+");
  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

  private final List<Section> sections;

  private ProfileText(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  /// Reads it. Fails with [IllegalArgumentException] for what the AWS CLI cannot read, either: a
  /// section whose header has no `]`, and two of the same name. It names the line.
  public static ProfileText parse(String text) {
    return new ProfileText(SectionReader.read(text));
  }

  /// As it is to be written. It may have secrets, for which it is no `toString`.
  public String text() {
    return sections.stream().map(Section::text).collect(Collectors.joining());
  }

  /// The sections' names in their order.
  public List<String> sections() {
    return sections.stream().skip(1).map(Section::name).toList();
  }

  public boolean has(String section) {
    return find(section).isPresent();
  }

  /// What a property of a section is set to, without the space around it; empty text for one that
  /// has lines of its own further in. A `#` within is part of it, as it is for the AWS CLI.
  ///
  /// @param key in any case
  public Optional<String> value(String section, String key) {
    return find(section).map(Section::values).map(all -> all.get(key.toLowerCase(Locale.ROOT)));
  }

  /// What stands in a section, line by line without their ends; nothing where there is none.
  public List<String> lines(String section) {
    return find(section).stream().flatMap(is -> is.body().lines()).toList();
  }

  /// With this section in place of the one of that name; behind all others where there is none. Of
  /// the former one the header stays. Fails with [IllegalArgumentException] for a name that cannot
  /// be, for a line that would be more than one or begin a section, and where the section behind it
  /// would not be one any more.
  ///
  /// @param lines without their ends: `region = us-east-1`, or ` max_concurrent_requests = 20`
  public ProfileText with(String section, List<String> lines) {
    if (!canBeCalled(section)) {
      throw new IllegalArgumentException("`%s` cannot be a section's name".formatted(section));
    }
    lines.forEach(ProfileText::checkLine);
    String body = lines.stream().map(line -> line + lineEnd()).collect(Collectors.joining());
    return has(section)
        ? changed(section, is -> new Section(is.name(), ended(is.header()), body, is.rest()))
        : appended(section, body);
  }

  /// Without this section. Comments behind it stay: they may belong to the next. Fails with
  /// [IllegalArgumentException] where the section behind it would not be one any more.
  public ProfileText without(String section) {
    return has(section) ? changed(section, is -> new Section("", "", "", is.rest())) : this;
  }

  private Optional<Section> find(String name) {
    return sections.stream().skip(1).filter(section -> section.name().equals(name)).findFirst();
  }

  /// Whether a section can have this name, and be found by it again.
  public static boolean canBeCalled(String section) {
    return NAME.matcher(section).matches() && SectionReader.name(section).equals(section);
  }

  private static void checkLine(String line) {
    if (CONTROL.matcher(line).find() || line.strip().startsWith("[")) {
      throw new IllegalArgumentException("a line is more than a line of a section");
    }
  }

  private ProfileText changed(String name, UnaryOperator<Section> change) {
    List<Section> changed = new ArrayList<>(sections.subList(0, 1));
    sections.stream()
        .skip(1)
        .map(section -> section.name().equals(name) ? change.apply(section) : section)
        .forEach(changed::add);
    return reread(changed);
  }

  private ProfileText appended(String name, String body) {
    Section last = sections.getLast();
    String rest = text().isEmpty() ? "" : gap(last);
    List<Section> all = new ArrayList<>(sections.subList(0, sections.size() - 1));
    all.add(new Section(last.name(), last.header(), last.body(), rest));
    all.add(new Section(name, "[" + name + "]" + lineEnd(), body, ""));
    return reread(all);
  }

  /// What stands behind the last section, with an empty line at its end.
  private String gap(Section last) {
    String whole = ended(last.text());
    String blank = Lines.of(whole).getLast().isBlank() ? "" : lineEnd();
    return whole.substring(last.header().length() + last.body().length()) + blank;
  }

  /// A header further in than a property above it would be taken for a part of that property, now
  /// that nothing is between them.
  private static ProfileText reread(List<Section> changed) {
    ProfileText text = parse(new ProfileText(changed).text());
    List<String> names =
        changed.stream().map(Section::name).filter(name -> !name.isEmpty()).toList();
    if (!text.sections().equals(names)) {
      throw new IllegalArgumentException("a section begins further in than what stands above it");
    }
    return text;
  }

  /// Such as there are already.
  private String lineEnd() {
    var first = LINE_END.matcher(text());
    return first.find() ? first.group() : "\n";
  }

  private String ended(String text) {
    return text.isEmpty() || text.endsWith("\n") || text.endsWith("\r") ? text : text + lineEnd();
  }
}
