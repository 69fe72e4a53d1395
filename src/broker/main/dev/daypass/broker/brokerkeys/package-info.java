/// What an operator does with the broker's own keys, and what is measured of them.
@NullMarked
package dev.daypass.broker.brokerkeys;

import org.jspecify.annotations.NullMarked;
