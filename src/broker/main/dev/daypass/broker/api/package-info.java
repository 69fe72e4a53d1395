/// The JSON endpoints of our own, for those who have signed in.
@NullMarked
package dev.daypass.broker.api;

import org.jspecify.annotations.NullMarked;
