package dev.daypass.cli;

import dev.daypass.client.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// Lets a person pick one of many roles at the terminal: by typing a part of its name, and with the
/// arrows. A terminal that cannot move its cursor shows numbers.
final class RolePicker {
  private static final int ROWS = 10;
  private static final int LONGEST_ROW = 120;

  private final Surroundings around;
  private final RoleUses uses;

  RolePicker(Surroundings around, RoleUses uses) {
    this.around = around;
    this.uses = uses;
  }

  /// The role; [Stop] where nobody is there to pick one, or the person would not.
  Role pick(List<Role> roles) throws IOException {
    if (roles.isEmpty()) {
      throw new Stop(ExitCode.DENIED, "There is no role you can assume.");
    }
    if (around.unattended() || !Terminal.there()) {
      throw new Stop(ExitCode.USAGE, "Which role? Name it. See: daypass roles");
    }
    List<Role> sorted = uses.sorted(roles);
    return (around.dumb() ? byNumber(sorted) : byKeys(sorted))
        .orElseThrow(() -> new Stop(ExitCode.USAGE, "Cancelled."));
  }

  private static Optional<Role> byNumber(List<Role> roles) throws IOException {
    try (Terminal terminal = Terminal.open()) {
      for (int i = 0; i < roles.size(); i++) {
        terminal.say("%3d  %s".formatted(i + 1, row(roles.get(i))));
      }
      while (true) {
        String typed = terminal.line("Role (1-%d): ".formatted(roles.size()));
        if (typed.isEmpty()) {
          return Optional.empty();
        }
        if (typed.matches("\\d{1,6}")) {
          int number = Integer.parseInt(typed);
          if (number >= 1 && number <= roles.size()) {
            return Optional.of(roles.get(number - 1));
          }
        }
        terminal.say("There is no such number.");
      }
    }
  }

  private Optional<Role> byKeys(List<Role> roles) throws IOException {
    try (RawTerminal terminal = RawTerminal.open()) {
      Choice choice = Choice.of(roles);
      int drawn = 0;
      while (true) {
        drawn = draw(terminal, choice, drawn);
        Key key = Key.next(terminal.in());
        boolean picked = key == Key.Named.ENTER && choice.picked().isPresent();
        if (picked || key == Key.Named.CANCEL) {
          erase(terminal.out(), drawn);
          return picked ? choice.picked() : Optional.empty();
        }
        choice = choice.press(key);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// Draws over what was drawn before; how many lines there are now.
  private int draw(RawTerminal terminal, Choice choice, int before) {
    PrintStream out = terminal.out();
    erase(out, before);
    List<Role> matching = choice.matching();
    int first = Math.max(0, Math.min(choice.marked() - ROWS / 2, matching.size() - ROWS));
    List<Role> shown = matching.subList(first, Math.min(matching.size(), first + ROWS));
    StringBuilder drawn = new StringBuilder();
    drawn.append("Role > ").append(choice.typed()).append('\n');
    for (int i = 0; i < shown.size(); i++) {
      boolean marked = first + i == choice.marked();
      String line = cut((marked ? "> " : "  ") + row(shown.get(i)), terminal.columns() - 1);
      drawn
          .append(marked && around.colour() ? "\u001b[1m" + line + "\u001b[0m" : line)
          .append('\n');
    }
    drawn.append(
        "  %d of %d   arrows, enter, esc".formatted(matching.size(), choice.roles().size()));
    out.print(drawn);
    out.flush();
    return shown.size() + 2;
  }

  private static void erase(PrintStream out, int lines) {
    if (lines > 0) {
      out.print("\r" + (lines > 1 ? "\u001b[%dA".formatted(lines - 1) : "") + "\u001b[J");
      out.flush();
    }
  }

  /// Whatever people wrote into a description, it is one line of a terminal's.
  private static String row(Role role) {
    String row =
        "%-36s  %-7s  %-4s  %s"
            .formatted(
                Choice.label(role),
                role.needsMfa() ? "MFA" : "",
                lasts(role),
                Shown.line(role.description()))
            .stripTrailing();
    return cut(row, LONGEST_ROW);
  }

  private static String cut(String text, int longest) {
    return text.substring(0, Math.min(text.length(), longest));
  }

  private static String lasts(Role role) {
    return role.longestSession().toMinutesPart() == 0
        ? role.longestSession().toHours() + "h"
        : role.longestSession().toMinutes() + "m";
  }
}
