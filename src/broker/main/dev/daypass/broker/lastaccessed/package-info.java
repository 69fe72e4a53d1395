/// When users and roles last called which service, and by whose leave they can.
@NullMarked
package dev.daypass.broker.lastaccessed;

import org.jspecify.annotations.NullMarked;
