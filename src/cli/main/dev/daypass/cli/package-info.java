/// `daypass`, the command line: one class a command.
@NullMarked
package dev.daypass.cli;

import org.jspecify.annotations.NullMarked;
