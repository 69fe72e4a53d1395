/// Security keys and passkeys: enrolling them, and what they sign.
@NullMarked
package dev.daypass.broker.passkeys;

import org.jspecify.annotations.NullMarked;
