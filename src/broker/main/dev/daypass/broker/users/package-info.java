/// Users.
@NullMarked
package dev.daypass.broker.users;

import org.jspecify.annotations.NullMarked;
