package dev.daypass.wire;

import java.security.SecureRandom;

/// The id that tells an entity from any other that ever had its name: a prefix for its kind and 17
/// random Base32 characters.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids">IAM
///   identifiers</a>
public final class UniqueId {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int RANDOM_LENGTH = 17;

  /// The kinds of entities that have one.
  public enum Kind {
    USER("AIDA"),
    ROLE("AROA"),
    GROUP("AGPA"),
    POLICY("ANPA"),
    INSTANCE_PROFILE("AIPA"),
    SERVER_CERTIFICATE("ASCA"),
    PUBLIC_KEY("APKA"),
    SERVICE_CREDENTIAL("ACCA");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  private UniqueId() {}

  public static String random(Kind kind, SecureRandom random) {
    StringBuilder id = new StringBuilder(kind.prefix);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
