package dev.daypass.broker.stories;

/// Stories about a family of actions, as AWS's SDK for Java lives them. Every method with [Answers]
/// or [Refuses] is one; it is given an [Aws] of its own, where it must call the action, and where
/// the names it makes are new. Its own is all it may count on: other tests share the account.
public interface Stories {
  /// What the family is about, where one class tells of several.
  default String about() {
    return "";
  }
}
