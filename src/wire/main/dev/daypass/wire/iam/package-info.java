@NullMarked
package dev.daypass.wire.iam;

import org.jspecify.annotations.NullMarked;
