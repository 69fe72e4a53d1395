/// What every HTTP request has.
@NullMarked
package dev.daypass.broker.requests;

import org.jspecify.annotations.NullMarked;
