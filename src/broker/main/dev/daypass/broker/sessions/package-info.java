/// Temporary credentials: how they are minted, proven and ended.
@NullMarked
package dev.daypass.broker.sessions;

import org.jspecify.annotations.NullMarked;
