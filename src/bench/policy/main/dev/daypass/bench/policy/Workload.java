package dev.daypass.bench.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The same rules and the same questions for every engine: each of `policies` teams may read and
/// write its own folder from its own network, and may not delete what is kept.
///
/// @param policies how many teams there are
/// @param leadingWildcard whether every resource pattern begins with a wildcard
record Workload(int policies, boolean leadingWildcard) {
  static final String NETWORK = "10.0.0.0/8";
  private static final int QUESTIONS = 1024;

  /// One question.
  ///
  /// @param path what follows `arn:aws:s3:::`
  /// @param expected whether it is allowed
  record Question(String action, String path, String team, String address, boolean expected) {}

  /// What a team may read and write, as a glob over paths.
  String folder(int team) {
    return leadingWildcard ? "*/%s/data/*".formatted(name(team)) : name(team) + "-bucket/data/*";
  }

  /// What nobody may delete, as a glob over paths.
  String kept(int team) {
    return leadingWildcard
        ? "*/%s/data/kept/*".formatted(name(team))
        : name(team) + "-bucket/data/kept/*";
  }

  static String name(int team) {
    return "team%05d".formatted(team);
  }

  /// Six of eight are allowed; the others ask from a wrong network, or to delete what is kept.
  List<Question> questions() {
    Random random = new Random(42);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      int team = random.nextInt(policies);
      boolean kept = i % 8 == 0;
      boolean outside = i % 8 == 1;
      String object = (kept ? "kept/" : "reports/") + "2026/11/object-" + i;
      String path =
          leadingWildcard
              ? "bucket-%d/%s/data/%s".formatted(i % 10, name(team), object)
              : name(team) + "-bucket/data/" + object;
      questions.add(
          new Question(
              kept ? "DeleteObject" : i % 2 == 0 ? "GetObject" : "PutObject",
              path,
              name(team),
              (outside ? "192.0.2." : "10.1.2.") + i % 250,
              !kept && !outside));
    }
    return questions;
  }
}
