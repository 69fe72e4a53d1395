/// Managed policies and their versions.
@NullMarked
package dev.daypass.broker.policies;

import org.jspecify.annotations.NullMarked;
