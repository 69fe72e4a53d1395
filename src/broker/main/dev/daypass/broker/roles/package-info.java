/// Roles and who may assume them.
@NullMarked
package dev.daypass.broker.roles;

import org.jspecify.annotations.NullMarked;
