/// Who may ask over HTTP, and what for.
@org.jspecify.annotations.NullMarked
package dev.daypass.sidecar.http;
