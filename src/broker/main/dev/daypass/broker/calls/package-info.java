/// The one road of a call on the AWS wire.
@NullMarked
package dev.daypass.broker.calls;

import org.jspecify.annotations.NullMarked;
