/// The messages of IAM Roles Anywhere.
@NullMarked
package dev.daypass.wire.rolesanywhere;

import org.jspecify.annotations.NullMarked;
