/// Access keys.
@NullMarked
package dev.daypass.broker.keys;

import org.jspecify.annotations.NullMarked;
