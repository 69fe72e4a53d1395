/// For services on the JDK's own HTTP server.
@NullMarked
package dev.daypass.guard.jdk;

import org.jspecify.annotations.NullMarked;
