/// Daypass: policy.
@NullMarked
package dev.daypass.policy;

import org.jspecify.annotations.NullMarked;
