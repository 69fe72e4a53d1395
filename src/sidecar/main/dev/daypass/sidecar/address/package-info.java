/// Addresses to listen at, as people write them.
@org.jspecify.annotations.NullMarked
package dev.daypass.sidecar.address;
