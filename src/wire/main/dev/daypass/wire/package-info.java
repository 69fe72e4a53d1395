/// Daypass: wire.
@NullMarked
package dev.daypass.wire;

import org.jspecify.annotations.NullMarked;
