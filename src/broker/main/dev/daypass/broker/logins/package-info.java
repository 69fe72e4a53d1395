/// Passwords.
@NullMarked
package dev.daypass.broker.logins;

import org.jspecify.annotations.NullMarked;
