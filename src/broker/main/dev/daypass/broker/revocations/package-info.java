/// What was ended before its time, and how every node hears of it.
@NullMarked
package dev.daypass.broker.revocations;

import org.jspecify.annotations.NullMarked;
