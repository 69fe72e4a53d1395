@NullMarked
package dev.daypass.wire.sigv4;

import org.jspecify.annotations.NullMarked;
