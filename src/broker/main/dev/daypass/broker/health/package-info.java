/// How well the broker is, beside what Quarkus asks by itself.
@NullMarked
package dev.daypass.broker.health;

import org.jspecify.annotations.NullMarked;
