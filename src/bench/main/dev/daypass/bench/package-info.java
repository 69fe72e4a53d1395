/// Load against a broker, with a bare Quarkus endpoint as the yardstick in the same run.
@NullMarked
package dev.daypass.bench;

import org.jspecify.annotations.NullMarked;
