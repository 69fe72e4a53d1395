package dev.daypass.cli;

import dev.daypass.client.programs.AskedProgram.Outcome;
import dev.daypass.wire.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A program that shows a window with a question, and prints what is typed into it.
record DialogProgram(Kind kind, Path file) {
  static final String NAMES = "pinentry, osascript, zenity, kdialog";
  private static final String TITLE = "Daypass";

  /// What programs print with exit code 1 where somebody would not answer.
  private static final int CANCELLED = 1;

  /// Which one, in the order in which they are tried.
  enum Kind {
    PINENTRY,
    OSASCRIPT,
    ZENITY,
    KDIALOG;

    String program() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What came of it.
  sealed interface Answer {
    record Typed(Secret answer) implements Answer {}

    record Cancelled() implements Answer {}

    /// No window was shown.
    record Unable() implements Answer {}
  }

  /// How it is asked, and how what it prints is read.
  record Question(List<String> command, Secret input, Function<Outcome, Answer> read) {}

  /// Those that there are, where there is a screen.
  static List<DialogProgram> here(Surroundings around) {
    return around.screen()
        ? Stream.of(Kind.values())
            .flatMap(
                kind ->
                    around
                        .program(kind.program())
                        .map(file -> new DialogProgram(kind, file))
                        .stream())
            .toList()
        : List.of();
  }

  /// @param text what is said before the question; may be empty
  /// @param hidden whether what is typed is not shown
  Question question(String text, String prompt, boolean hidden) {
    String whole = text.isEmpty() ? prompt : text + "\n" + prompt;
    return switch (kind) {
      case PINENTRY -> pinentry(text, prompt);
      case OSASCRIPT -> printed(osascript(whole, hidden));
      case ZENITY ->
          printed(
              Stream.of(
                      "--entry", "--title=" + TITLE, "--text=" + whole, hidden ? "--hide-text" : "")
                  .filter(word -> !word.isEmpty())
                  .toList());
      case KDIALOG ->
          printed(List.of("--title", TITLE, hidden ? "--password" : "--inputbox", whole));
    };
  }

  private static List<String> osascript(String text, boolean hidden) {
    return List.of(
        "-e",
        "on run argv",
        "-e",
        "text returned of (display dialog (item 1 of argv) with title \"%s\" default answer \"\"%s)"
            .formatted(TITLE, hidden ? " with hidden answer" : ""),
        "-e",
        "end run",
        text);
  }

  private Question printed(List<String> arguments) {
    List<String> command = Stream.concat(Stream.of(file.toString()), arguments.stream()).toList();
    return new Question(command, Secret.of(""), DialogProgram::printed);
  }

  /// What was typed, and the end of the line. Blanks belong to a password.
  private static Answer printed(Outcome outcome) {
    return switch (outcome.exitCode()) {
      case 0 ->
          new Answer.Typed(Secret.of(outcome.output().revealText().replaceFirst("\\R\\z", "")));
      case CANCELLED -> new Answer.Cancelled();
      default -> new Answer.Unable();
    };
  }

  /// It always hides what is typed. One that can only draw in a terminal is given none.
  ///
  /// @see <a href="https://www.gnupg.org/documentation/manuals/assuan/Server-responses.html">Assuan
  ///   server responses</a>
  private Question pinentry(String text, String prompt) {
    String commands =
        "SETTITLE %s\nSETDESC %s\nSETPROMPT %s\nGETPIN\nBYE\n"
            .formatted(TITLE, escaped(text.isEmpty() ? TITLE : text), escaped(prompt));
    return new Question(List.of(file.toString()), Secret.of(commands), DialogProgram::pin);
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static Answer pin(Outcome outcome) {
    List<String> lines = outcome.output().revealText().lines().toList();
    Optional<String> typed =
        lines.stream()
            .filter(line -> line.startsWith("D "))
            .map(line -> line.substring(2))
            .findFirst();
    if (typed.isPresent()) {
      return new Answer.Typed(Secret.of(unescaped(typed.get())));
    }
    return lines.stream().anyMatch(DialogProgram::cancelled)
        ? new Answer.Cancelled()
        : new Answer.Unable();
  }

  /// `GPG_ERR_CANCELED` is 99, in the lower half of the number.
  private static boolean cancelled(String line) {
    String[] words = line.split(" ", 3);
    return words.length > 1
        && words[0].equals("ERR")
        && words[1].matches("[0-9]{1,10}")
        && (Long.parseLong(words[1]) & 0xffff) == 99;
  }

  private static String unescaped(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
