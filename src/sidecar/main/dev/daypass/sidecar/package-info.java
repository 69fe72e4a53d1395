/// Keeps a workload's credentials fresh, and serves them to it the way AWS's containers get theirs.
@org.jspecify.annotations.NullMarked
package dev.daypass.sidecar;
