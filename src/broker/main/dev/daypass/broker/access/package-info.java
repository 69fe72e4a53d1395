/// The question to the policies.
@NullMarked
package dev.daypass.broker.access;

import org.jspecify.annotations.NullMarked;
