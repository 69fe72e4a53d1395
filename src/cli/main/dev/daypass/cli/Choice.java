package dev.daypass.cli;

import dev.daypass.client.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Where somebody stands who picks a role: what they have typed, and which of the roles that match
/// it is marked.
///
/// @param roles all there are, the likely ones first
/// @param typed by which they are filtered
/// @param marked counted from 0 among those that match
record Choice(List<Role> roles, String typed, int marked) {
  private static final int LONGEST_TYPED = 60;

  Choice {
    roles = List.copyOf(roles);
  }

  static Choice of(List<Role> roles) {
    return new Choice(roles, "", 0);
  }

  /// The roles that match, the closest first.
  List<Role> matching() {
    String wanted = typed.toLowerCase(Locale.ROOT).replace(" ", "");
    return IntStream.range(0, roles.size())
        .boxed()
        .filter(i -> distance(roles.get(i), wanted).isPresent())
        .sorted(
            Comparator.comparingInt((Integer i) -> distance(roles.get(i), wanted).orElseThrow())
                .thenComparing(Comparator.naturalOrder()))
        .map(roles::get)
        .toList();
  }

  /// How many characters lie between those that were typed, beginning where they match best; absent
  /// where they do not stand there in their order. A match in a description is the last resort.
  private static OptionalInt distance(Role role, String wanted) {
    OptionalInt byName = gaps(label(role), wanted);
    return byName.isPresent()
        ? byName
        : gaps(role.description(), wanted).stream().map(gaps -> gaps + 1000).findFirst();
  }

  private static OptionalInt gaps(String shown, String wanted) {
    String text = shown.toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        ? OptionalInt.of(0)
        : IntStream.range(0, text.length())
            .filter(start -> text.charAt(start) == wanted.charAt(0))
            .flatMap(start -> from(text, start, wanted).stream())
            .min();
  }

  private static OptionalInt from(String text, int start, String wanted) {
    int at = start;
    for (int i = 0; i < wanted.length(); i++) {
      at = text.indexOf(wanted.charAt(i), at);
      if (at < 0) {
        return OptionalInt.empty();
      }
      at++;
    }
    return OptionalInt.of(at - start - wanted.length());
  }

  /// As it is listed.
  static String label(Role role) {
    return role.account() + "/" + role.name();
  }

  /// What is pressed does.
  Choice press(Key key) {
    return switch (key) {
      case Key.Letter(char letter) -> type(letter);
      case Key.Named.UP -> move(-1);
      case Key.Named.DOWN -> move(1);
      case Key.Named.ERASE -> erase();
      case Key.Named.CLEAR -> of(roles);
      case Key.Named.ENTER, Key.Named.CANCEL, Key.Named.OTHER -> this;
    };
  }

  Choice type(char letter) {
    return typed.length() < LONGEST_TYPED ? new Choice(roles, typed + letter, 0) : this;
  }

  /// Takes back the last letter.
  Choice erase() {
    return typed.isEmpty() ? this : new Choice(roles, typed.substring(0, typed.length() - 1), 0);
  }

  /// Marks another, round and round.
  Choice move(int by) {
    int many = matching().size();
    return many == 0 ? this : new Choice(roles, typed, Math.floorMod(marked + by, many));
  }

  /// The one that is marked; absent where none matches.
  Optional<Role> picked() {
    List<Role> matching = matching();
    return matching.isEmpty() ? Optional.empty() : Optional.of(matching.get(marked));
  }
}
