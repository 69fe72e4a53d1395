package dev.daypass.broker.stories;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A story in which this action does what it is for.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Answers.All.class)
@interface Answers {
  /// The action; `%s` stands for [Stories#about()].
  String value();

  /// Of several actions at once.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    Answers[] value();
  }
}
