package dev.daypass.bench.policy;

/// One of those compared: made for a workload, and asked its questions by number.
interface Engine {
  boolean allowed(int question);

  /// Fails unless every answer is the expected one: a fast wrong answer is no answer.
  static Engine checked(Engine engine, Workload workload) {
    var questions = workload.questions();
    for (int i = 0; i < questions.size(); i++) {
      if (engine.allowed(i) != questions.get(i).expected()) {
        throw new IllegalStateException("wrong answer to " + questions.get(i));
      }
    }
    return engine;
  }
}
