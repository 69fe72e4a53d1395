/// The AWS Query protocol: forms in, XML out, for every action by one codec.
@NullMarked
package dev.daypass.wire.query;

import org.jspecify.annotations.NullMarked;
