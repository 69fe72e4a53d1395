/// What callers are told when something fails.
@NullMarked
package dev.daypass.broker.refusals;

import org.jspecify.annotations.NullMarked;
