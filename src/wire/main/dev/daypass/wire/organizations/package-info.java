/// The messages of AWS Organizations.
@NullMarked
package dev.daypass.wire.organizations;

import org.jspecify.annotations.NullMarked;
