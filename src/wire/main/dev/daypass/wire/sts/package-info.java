/// The messages of STS.
@NullMarked
package dev.daypass.wire.sts;

import org.jspecify.annotations.NullMarked;
