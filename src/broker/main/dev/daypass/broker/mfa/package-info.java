/// MFA devices and their codes.
@NullMarked
package dev.daypass.broker.mfa;

import org.jspecify.annotations.NullMarked;
