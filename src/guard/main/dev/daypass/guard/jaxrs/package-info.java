/// For services on Jakarta REST.
@NullMarked
package dev.daypass.guard.jaxrs;

import org.jspecify.annotations.NullMarked;
