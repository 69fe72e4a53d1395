/// The first start of an installation.
@NullMarked
package dev.daypass.broker.bootstrap;

import org.jspecify.annotations.NullMarked;
