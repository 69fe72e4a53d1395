/// What services that check requests themselves are lent: keys for a day, and word of every change.
@NullMarked
package dev.daypass.broker.guards;

import org.jspecify.annotations.NullMarked;
