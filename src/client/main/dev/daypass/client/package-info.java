/// Daypass: client.
@NullMarked
package dev.daypass.client;

import org.jspecify.annotations.NullMarked;
