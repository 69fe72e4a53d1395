/// Fingerprints of what is not kept itself.
@NullMarked
package dev.daypass.broker.digests;

import org.jspecify.annotations.NullMarked;
