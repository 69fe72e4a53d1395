package dev.daypass.broker.organizations;

import jakarta.inject.Singleton;
import java.security.SecureRandom;

/// Ids in the forms that AWS gives them.
@Singleton
final class Ids {
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int ROOT_LENGTH = 4;

  private final SecureRandom random;

  Ids(SecureRandom random) {
    this.random = random;
  }

  String organization() {
    return "o-" + letters(10);
  }

  String root() {
    return "r-" + letters(ROOT_LENGTH);
  }

  /// An organizational unit's id holds what its root's id holds.
  String unit(String root) {
    return "ou-" + root.substring("r-".length()) + "-" + letters(8);
  }

  String policy() {
    return "p-" + letters(8);
  }

  String creation() {
    return "car-" + letters(32);
  }

  private String letters(int length) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }
}
