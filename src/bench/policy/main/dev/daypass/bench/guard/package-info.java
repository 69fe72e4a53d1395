/// How fast a guard is.
@NullMarked
package dev.daypass.bench.guard;

import org.jspecify.annotations.NullMarked;
