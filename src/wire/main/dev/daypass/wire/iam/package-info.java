/// The messages of IAM, and the values in them.
@NullMarked
package dev.daypass.wire.iam;

import org.jspecify.annotations.NullMarked;
