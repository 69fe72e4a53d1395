/// The one way to PostgreSQL for what is written: rows and queries.
@NullMarked
package dev.daypass.broker.database;

import org.jspecify.annotations.NullMarked;
