/// Bytes and chance as text, and fingerprints of what is not kept itself.
@NullMarked
package dev.daypass.broker.digests;

import org.jspecify.annotations.NullMarked;
