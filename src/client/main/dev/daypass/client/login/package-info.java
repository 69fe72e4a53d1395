/// Signing in by a browser: one on this computer, or any that can show a code. Passwords and second
/// factors stay between the person and the broker's pages.
@NullMarked
package dev.daypass.client.login;

import org.jspecify.annotations.NullMarked;
