/// What a person lets a tool have, however the tool asks: codes, and the refresh tokens that
/// follow.
@NullMarked
package dev.daypass.broker.logingrants;

import org.jspecify.annotations.NullMarked;
