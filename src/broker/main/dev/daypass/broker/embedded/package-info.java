/// The embedded default: real PostgreSQL and Redis under one data directory, when none is
/// configured.
@NullMarked
package dev.daypass.broker.embedded;

import org.jspecify.annotations.NullMarked;
