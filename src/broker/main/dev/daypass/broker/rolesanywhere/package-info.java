/// IAM Roles Anywhere: whose certificates are traded for sessions, and of which roles.
@NullMarked
package dev.daypass.broker.rolesanywhere;

import org.jspecify.annotations.NullMarked;
