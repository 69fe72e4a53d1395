package dev.daypass.policy;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// How values of a kind are compared: each operator has one. A policy's value is compiled once;
/// what is seen in a request may be unreadable, which is neither yes nor no.
///
/// @param withVariables whether variables can stand in values of this kind
/// @param compiler compiles a policy's value; fails with `IllegalArgumentException` where it is not
///   of this kind
/// @param samples for a policy's value, values on every side of it: what is seen compares like one
///   of these, or unlike all of them
record Comparison(
    Kind kind,
    boolean withVariables,
    Function<Template, Test> compiler,
    Function<String, List<String>> samples) {

  /// What the values are.
  enum Kind {
    TEXT,
    PATTERN,
    ARN,
    BOOL,
    NUMBER,
    DATE,
    BINARY,
    ADDRESS
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

  Test compile(Template value) {
    return compiler.apply(value);
  }

  /// Text, in which variables may stand.
  static Comparison text(BiPredicate<String, String> same) {
    return new Comparison(
        Kind.TEXT,
        true,
        value -> (seen, question) -> answer(value.text(question), text -> same.test(seen, text)),
        List::of);
  }

  /// A pattern over the whole text.
  static Comparison like() {
    return new Comparison(
        Kind.PATTERN,
        true,
        value -> {
          Optional<Glob> constant = value.constantGlob();
          return (seen, question) ->
              answer(constant.or(() -> value.glob(question)), glob -> glob.matches(seen));
        },
        Samples::ofPattern);
  }

  static Comparison arn() {
    return new Comparison(Kind.ARN, true, ArnTest::new, Samples::ofPattern);
  }

  static Comparison bool() {
    return new Comparison(
        Kind.BOOL,
        true,
        value -> {
          value.constant().ifPresent(Values::bool);
          return (seen, question) ->
              read(
                  seen,
                  Values::bool,
                  is -> value.text(question).flatMap(Values::maybeBool).equals(Optional.of(is)));
        },
        _ -> List.of("true", "false"));
  }

  /// True or false, and nothing that varies.
  static Comparison constantBool() {
    return new Comparison(
        Kind.BOOL,
        false,
        value -> {
          boolean wanted = Values.bool(constant(value));
          return (seen, _) -> read(seen, Values::bool, is -> is == wanted);
        },
        _ -> List.of("true", "false"));
  }

  static Comparison number(IntPredicate wanted) {
    return ordered(Kind.NUMBER, Values::number, wanted, Samples::aroundNumber);
  }

  static Comparison date(IntPredicate wanted) {
    return ordered(Kind.DATE, Values::date, wanted, Samples::aroundDate);
  }

  private static <T extends Comparable<T>> Comparison ordered(
      Kind kind,
      Function<String, T> parse,
      IntPredicate wanted,
      Function<String, List<String>> samples) {
    return new Comparison(
        kind,
        false,
        value -> {
          T bound = parse.apply(constant(value));
          return (seen, _) -> read(seen, parse, is -> wanted.test(is.compareTo(bound)));
        },
        samples);
  }

  static Comparison binary() {
    return new Comparison(
        Kind.BINARY,
        false,
        value -> {
          byte[] wanted = Base64.getDecoder().decode(constant(value));
          return (seen, _) ->
              read(seen, Base64.getDecoder()::decode, is -> Arrays.equals(is, wanted));
        },
        List::of);
  }

  static Comparison address() {
    return new Comparison(
        Kind.ADDRESS,
        false,
        value -> {
          AddressRange range = AddressRange.parse(constant(value));
          return (seen, _) -> read(seen, AddressRange::address, range::contains);
        },
        Samples::aroundRange);
  }

  /// Each character for itself, so that none depends on its neighbours.
  static String fold(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String constant(Template value) {
    return value.constant().orElseThrow(IllegalArgumentException::new);
  }

  private static <T> Answer answer(Optional<T> value, Predicate<T> matches) {
    return Answer.of(value.filter(matches).isPresent());
  }

  private static <T> Answer read(String seen, Function<String, T> parse, Predicate<T> matches) {
    T value;
    try {
      value = parse.apply(seen);
    } catch (IllegalArgumentException _) {
      return Answer.UNREADABLE;
    }
    return Answer.of(matches.test(value));
  }

  /// Six fields, each a pattern of its own; the last keeps its colons.
  private static final class ArnTest implements Test {
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
      Optional<Glob[]> wanted = value.fields(question, FIELDS);
      if (is.length < FIELDS || (wanted.isPresent() && wanted.get().length < FIELDS)) {
        return Answer.UNREADABLE;
      }
      return Answer.of(wanted.filter(globs -> matches(globs, is)).isPresent());
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
