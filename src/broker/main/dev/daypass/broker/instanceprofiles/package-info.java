/// Instance profiles: what machines are started with, and the role within.
@NullMarked
package dev.daypass.broker.instanceprofiles;

import org.jspecify.annotations.NullMarked;
