/// What is told of a sidecar: its log and its measurements.
@org.jspecify.annotations.NullMarked
package dev.daypass.sidecar.telling;
