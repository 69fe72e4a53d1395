/// Secrets at rest.
@NullMarked
package dev.daypass.broker.sealing;

import org.jspecify.annotations.NullMarked;
