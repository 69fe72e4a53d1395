/// Signature Version 4: what a request must carry to prove who sent it.
@NullMarked
package dev.daypass.wire.sigv4;

import org.jspecify.annotations.NullMarked;
