/// How a person proves itself: password, second factor, and what follows.
@NullMarked
package dev.daypass.broker.signin;

import org.jspecify.annotations.NullMarked;
