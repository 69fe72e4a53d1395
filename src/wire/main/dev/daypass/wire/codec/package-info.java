/// What the protocols have in common: messages are records, and a record says what it takes to read
/// and to write it.
@NullMarked
package dev.daypass.wire.codec;

import org.jspecify.annotations.NullMarked;
