/// What callers can give to users, groups and roles, and take away.
@NullMarked
package dev.daypass.broker.permissions;

import org.jspecify.annotations.NullMarked;
