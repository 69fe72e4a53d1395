/// When access keys and roles were last used.
@NullMarked
package dev.daypass.broker.uses;

import org.jspecify.annotations.NullMarked;
