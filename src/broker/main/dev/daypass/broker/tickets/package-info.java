/// What is kept for a few minutes and can be used once.
@NullMarked
package dev.daypass.broker.tickets;

import org.jspecify.annotations.NullMarked;
