/// What the broker shows itself with to others than this computer.
@NullMarked
package dev.daypass.broker.exposure;

import org.jspecify.annotations.NullMarked;
