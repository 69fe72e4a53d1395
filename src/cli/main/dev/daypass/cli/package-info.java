/// Daypass: cli.
@NullMarked
package dev.daypass.cli;

import org.jspecify.annotations.NullMarked;
