/// How fast the evaluator decides, beside its peers.
@NullMarked
package dev.daypass.bench.policy;

import org.jspecify.annotations.NullMarked;
