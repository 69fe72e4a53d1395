/// An account as its files say it: what differs, and the requests that mend it.
@NullMarked
package dev.daypass.broker.apply;

import org.jspecify.annotations.NullMarked;
