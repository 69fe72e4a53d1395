/// How often one may try.
@NullMarked
package dev.daypass.broker.throttle;

import org.jspecify.annotations.NullMarked;
