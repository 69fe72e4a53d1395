/// Service-linked roles: roles that a service has, and nobody else may change.
@NullMarked
package dev.daypass.broker.servicelinkedroles;

import org.jspecify.annotations.NullMarked;
