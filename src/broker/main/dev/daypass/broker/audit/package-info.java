/// One durable record for every call and every sign-in event.
@NullMarked
package dev.daypass.broker.audit;

import org.jspecify.annotations.NullMarked;
