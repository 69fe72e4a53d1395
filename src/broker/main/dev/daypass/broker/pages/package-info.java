/// What people see in a browser: pages that work without script, but for passkeys.
@NullMarked
package dev.daypass.broker.pages;

import org.jspecify.annotations.NullMarked;
