/// The sessions there are: seen, and ended.
@NullMarked
package dev.daypass.broker.livesessions;

import org.jspecify.annotations.NullMarked;
