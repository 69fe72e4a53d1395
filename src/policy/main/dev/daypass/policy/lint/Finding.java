package dev.daypass.policy.lint;

import dev.daypass.policy.Position;

/// One thing to tell about a policy.
///
/// @param code the name of the [Issue]; Access Analyzer's own where it knows the issue
/// @param position where in the text the value stands that is spoken of
/// @param path the same as names, such as `Statement[0].Condition.StringEquals.aws:username[1]`;
///   empty for the document
/// @param message a sentence for the author
public record Finding(Kind kind, String code, Position position, String path, String message) {}
