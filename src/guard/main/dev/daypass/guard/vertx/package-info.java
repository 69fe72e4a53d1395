/// For services on Vert.x.
@NullMarked
package dev.daypass.guard.vertx;

import org.jspecify.annotations.NullMarked;
