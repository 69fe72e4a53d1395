/// The keys that sign what the broker issues, and their rotation.
@NullMarked
package dev.daypass.broker.signing;

import org.jspecify.annotations.NullMarked;
