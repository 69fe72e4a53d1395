/// What a service embeds to know who sent a request, and whether they may.
@NullMarked
package dev.daypass.guard;

import org.jspecify.annotations.NullMarked;
