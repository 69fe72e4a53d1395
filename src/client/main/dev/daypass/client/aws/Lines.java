package dev.daypass.client.aws;

import java.util.List;

/// Lines as Python's `configparser` sees them, by which the AWS CLI reads its files.
final class Lines {
  private boolean property;
  private int indentation;

  /// With their ends, which may be of any kind.
  static List<String> of(String text) {
    return List.of(text.split("(?<=\n)|(?<=\r)(?!\n)"));
  }

  /// Whether a line says nothing: it is blank, or a comment.
  static boolean silent(String content) {
    return content.isEmpty() || content.startsWith("#") || content.startsWith(";");
  }

  /// Whether a line that is not silent goes on with the property above it: it is further in. Every
  /// such line of a section has to be shown, one after another.
  boolean continues(String line) {
    int at = line.indexOf(line.strip());
    if (property && at > indentation) {
      return true;
    }
    indentation = at;
    property = !line.strip().startsWith("[");
    return false;
  }
}
