package dev.daypass.policy;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// How values of a kind are compared: each operator has one. A policy's value is compiled once;
/// what is seen in a request may be unreadable, which is neither yes nor no.
interface Comparison {
  /// Compiles a policy's value; fails with `IllegalArgumentException` where it is not of this kind.
  Test compile(Template value);

  /// Whether the kind lets variables stand in its values.
  default boolean withVariables() {
    return false;
  }

  /// A policy's value, waiting for what a request has.
  interface Test {
    Answer of(String seen, Question question);
  }

  /// What a comparison can say.
  enum Answer {
    YES,
    NO,
    UNREADABLE;

    static Answer of(boolean yes) {
      return yes ? YES : NO;
    }
  }

  /// Text, in which variables may stand.
  static Comparison text(BiPredicate<String, String> same) {
    return withVariables(
        value -> (seen, question) -> answer(value.text(question), text -> same.test(seen, text)));
  }

  /// A pattern over the whole text.
  static Comparison like() {
    return withVariables(
        value -> {
          Optional<Glob> constant = value.constantGlob();
          return (seen, question) ->
              answer(constant.or(() -> value.glob(question)), glob -> glob.matches(seen));
        });
  }

  static Comparison arn() {
    return withVariables(value -> new ArnTest(value));
  }

  static Comparison bool() {
    return withVariables(
        value -> {
          value.constant().ifPresent(Values::bool);
          return (seen, question) ->
              read(
                  seen,
                  Values::bool,
                  is -> value.text(question).flatMap(Values::maybeBool).equals(Optional.of(is)));
        });
  }

  /// A number or a date, which are in order.
  static <T extends Comparable<T>> Comparison ordered(
      Function<String, T> parse, java.util.function.IntPredicate wanted) {
    return value -> {
      T bound = parse.apply(value.constant().orElseThrow(IllegalArgumentException::new));
      return (seen, _) -> read(seen, parse, is -> wanted.test(is.compareTo(bound)));
    };
  }

  static Comparison binary() {
    return value -> {
      byte[] wanted =
          Base64.getDecoder().decode(value.constant().orElseThrow(IllegalArgumentException::new));
      return (seen, _) -> read(seen, Base64.getDecoder()::decode, is -> Arrays.equals(is, wanted));
    };
  }

  static Comparison address() {
    return value -> {
      AddressRange range =
          AddressRange.parse(value.constant().orElseThrow(IllegalArgumentException::new));
      return (seen, _) -> read(seen, AddressRange::address, range::contains);
    };
  }

  static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Comparison withVariables(Function<Template, Test> compile) {
    return new Comparison() {
      @Override
      public Test compile(Template value) {
        return compile.apply(value);
      }

      @Override
      public boolean withVariables() {
        return true;
      }
    };
  }

  private static <T> Answer answer(Optional<T> value, java.util.function.Predicate<T> matches) {
    return Answer.of(value.filter(matches).isPresent());
  }

  private static <T> Answer read(
      String seen, Function<String, T> parse, java.util.function.Predicate<T> matches) {
    T value;
    try {
      value = parse.apply(seen);
    } catch (IllegalArgumentException _) {
      return Answer.UNREADABLE;
    }
    return Answer.of(matches.test(value));
  }

  /// Six fields, each a pattern of its own; the last keeps its colons.
  final class ArnTest implements Test {
    private static final int FIELDS = 6;

    private final Template value;
    private final boolean everything;

    ArnTest(Template value) {
      this.value = value;
      this.everything = value.isEverything();
    }

    @Override
    public Answer of(String seen, Question question) {
      if (everything) {
        return Answer.YES;
      }
      String[] is = seen.split(":", FIELDS);
      return is.length < FIELDS
          ? Answer.UNREADABLE
          : Answer.of(
              value.fields(question, FIELDS).filter(globs -> matches(globs, is)).isPresent());
    }

    private static boolean matches(Glob[] wanted, String[] is) {
      for (int i = 0; i < FIELDS; i++) {
        if (!wanted[i].matches(is[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
