/// Decisions that are only asked for: SimulatePrincipalPolicy and its kin.
@NullMarked
package dev.daypass.broker.simulation;

import org.jspecify.annotations.NullMarked;
