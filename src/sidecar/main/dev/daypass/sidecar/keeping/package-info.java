/// The credentials of one role: when they are fetched, and what is answered meanwhile.
@org.jspecify.annotations.NullMarked
package dev.daypass.sidecar.keeping;
