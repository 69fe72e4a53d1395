/// What people are told about their own account, until they say that they know.
@NullMarked
package dev.daypass.broker.notices;

import org.jspecify.annotations.NullMarked;
