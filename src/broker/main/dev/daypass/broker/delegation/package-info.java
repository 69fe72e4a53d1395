/// Requests for permissions of others, for a while: asked for, reviewed, granted, traded in.
@NullMarked
package dev.daypass.broker.delegation;

import org.jspecify.annotations.NullMarked;
