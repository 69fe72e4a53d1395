/// Where the trail goes besides PostgreSQL: for what searches, keeps and alerts elsewhere.
@NullMarked
package dev.daypass.broker.auditsinks;

import org.jspecify.annotations.NullMarked;
