package dev.daypass.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How an action of a service that speaks REST is called. A component of the request whose name is
/// a label of the path stands there, one that is [InQuery] in the query, any other in the body.
///
/// @see <a href="https://smithy.io/2.0/spec/http-bindings.html#http-trait">The http trait</a>
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Http {
  /// `GET`, `POST` …
  String method();

  /// With labels in braces: `/profile/{profileId}`.
  String path();

  /// The status of an answer to a call that was done.
  int status() default 200;
}
