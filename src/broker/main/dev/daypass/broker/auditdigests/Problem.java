package dev.daypass.broker.auditdigests;

/// The first thing that is wrong with a digest or with what it is of.
///
/// @param code what kind of wrong
/// @param message what was found, with the number of the record where it is one
record Problem(Code code, String message) {
  enum Code {
    /// A digest is missing, or does not follow the one before it.
    BROKEN_CHAIN,
    /// No key of the broker signed the digest as it is.
    NOT_SIGNED,
    /// The lines are not those that were signed.
    LINES_CHANGED,
    /// A record is not what it was.
    CHANGED,
    /// A record is gone.
    REMOVED,
    /// A record was not there when the digest was made.
    ADDED
  }

  static Problem record(Code code, Line line) {
    return new Problem(
        code,
        switch (code) {
          case REMOVED -> "record %d of %s is gone".formatted(line.sequence(), line.time());
          case ADDED ->
              "record %d of %s was put in afterwards".formatted(line.sequence(), line.time());
          default -> "record %d of %s was changed".formatted(line.sequence(), line.time());
        });
  }
}
