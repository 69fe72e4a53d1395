package dev.daypass.client.aws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Takes a text apart into sections that are the text again when they are joined.
final class SectionReader {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final List<Section> sections = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final StringBuilder body = new StringBuilder();
  private final StringBuilder rest = new StringBuilder();
  private Lines lines = new Lines();
  private String name = "";
  private String header = "";
  private int number;

  private SectionReader() {}

  /// The first one is what stands before all that have names. Fails with [IllegalArgumentException]
  /// for a header that does not end, and for a second of the same name: the AWS CLI can read
  /// neither.
  static List<Section> read(String text) {
    SectionReader reader = new SectionReader();
    // It is the file's, and not the first section's.
    String mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    reader.rest.append(mark);
    Lines.of(text.substring(mark.length())).forEach(reader::take);
    reader.end();
    return List.copyOf(reader.sections);
  }

  private void take(String line) {
    number++;
    String content = line.strip();
    if (Lines.silent(content)) {
      rest.append(line);
    } else if (!lines.continues(line) && content.startsWith("[")) {
      end();
      begin(line, content);
    } else {
      body.append(rest).append(line);
      rest.setLength(0);
    }
  }

  private void begin(String line, String content) {
    int end = content.indexOf(']');
    if (end < 0) {
      throw new IllegalArgumentException("line %d has no `]`".formatted(number));
    }
    name = name(content.substring(1, end));
    header = line;
    lines = new Lines();
    if (!names.add(name)) {
      throw new IllegalArgumentException("line %d begins `[%s]` once more".formatted(number, name));
    }
  }

  private void end() {
    sections.add(new Section(name, header, body.toString(), rest.toString()));
    body.setLength(0);
    rest.setLength(0);
  }

  /// However much space is in it, and with quotation marks or not.
  static String name(String written) {
    String name = written.strip().replaceAll("\\s+", " ");
    return name.replaceFirst("^(\\S+) \"([^\"]*)\"$", "$1 $2")
        .replaceFirst("^(\\S+) '([^']*)'$", "$1 $2");
  }
}
