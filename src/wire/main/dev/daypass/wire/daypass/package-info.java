/// The messages of what Daypass can do and AWS has no action for.
@NullMarked
package dev.daypass.wire.daypass;

import org.jspecify.annotations.NullMarked;
