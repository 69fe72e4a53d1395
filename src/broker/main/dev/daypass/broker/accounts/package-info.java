/// Accounts as a whole: what they are called, and how much is in them.
@NullMarked
package dev.daypass.broker.accounts;

import org.jspecify.annotations.NullMarked;
