/// Tags on anything.
@NullMarked
package dev.daypass.broker.tags;

import org.jspecify.annotations.NullMarked;
