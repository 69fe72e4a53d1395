/// The AWS JSON protocols: JSON in, JSON out, for every action by one codec.
@NullMarked
package dev.daypass.wire.json;

import org.jspecify.annotations.NullMarked;
