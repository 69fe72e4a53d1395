package dev.daypass.wire.codec;

import java.util.Map;
import java.util.SortedMap;

/// A value on its way in, in whatever a protocol writes it.
public interface Source {
  /// Whether anything was said.
  boolean present();

  /// The value as one of the basic types: a text, a number, a yes or no, an instant, bytes, a
  /// secret. Fails with [dev.daypass.wire.ConstraintViolation] where it is not of that type.
  Object basic(Class<?> type);

  /// The value as a refusal shows it.
  String shown();

  /// The member of a structure.
  Source member(String wireName);

  /// The elements of a list by their numbers, from 1.
  SortedMap<Integer, Source> elements();

  /// A map of texts.
  Map<String, String> entries();
}
