/// The caller's half: signing in, and the credentials that follow.
@NullMarked
package dev.daypass.client;

import org.jspecify.annotations.NullMarked;
