/// What changed in the database, told to every node.
@NullMarked
package dev.daypass.broker.changes;

import org.jspecify.annotations.NullMarked;
